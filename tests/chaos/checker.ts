import { checkAnswers, checkCrashes, checkHearing } from './check-bounds';
import { checkStays, checkUnknown } from './check-deployed';
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
import { toNumbered } from './numbered';
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
  checkJournal,
  checkViews,
  checkTurns,
  checkStays,
];

/** Every promise of the protocol that a run broke; none where it kept them all. */
export function findViolations(record: RunRecord): Violation[] {
  const numbered = toNumbered(record);
  return [...checkUnknown(record), ...checkGaps(record), ...CHECKS.flatMap((check) => check(numbered))];
}
