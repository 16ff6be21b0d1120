import { checkGaps, checkNumbers, checkRising } from './check-order';
import { checkOnce, checkReceipts, checkSenderOrder, checkSettled, checkStored } from './check-sends';
import { checkJournal, checkViews } from './check-views';
import type { RunRecord } from './run-record';
import type { Violation } from './violation';

const CHECKS = [
  checkSettled,
  checkReceipts,
  checkStored,
  checkOnce,
  checkSenderOrder,
  checkNumbers,
  checkRising,
  checkGaps,
  checkJournal,
  checkViews,
];

/** Every promise of the protocol that a run broke; none where it kept them all. */
export const findViolations = (record: RunRecord): Violation[] => CHECKS.flatMap((check) => check(record));
