import { checkAnswers, checkCrashes, checkHearing } from './check-bounds';
import { checkLives } from './check-lives';
import { checkGaps, checkNumbers, checkRising } from './check-order';
import {
  checkOnce,
  checkOneNumber,
  checkReceipts,
  checkRefused,
  checkSenderOrder,
  checkSettled,
  checkStored,
} from './check-sends';
import { checkTurns } from './check-turns';
import { checkJournal, checkViews } from './check-views';
import type { RunRecord } from './run-record';
import type { Violation } from './violation';

const CHECKS = [
  checkCrashes,
  checkSettled,
  checkAnswers,
  checkHearing,
  checkRefused,
  checkReceipts,
  checkStored,
  checkOnce,
  checkOneNumber,
  checkSenderOrder,
  checkLives,
  checkNumbers,
  checkRising,
  checkGaps,
  checkJournal,
  checkViews,
  checkTurns,
];

/** Every promise of the protocol that a run broke; none where it kept them all. */
export const findViolations = (record: RunRecord): Violation[] => CHECKS.flatMap((check) => check(record));
