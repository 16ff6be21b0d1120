import { expect } from 'vitest';
import { runChaos } from './chaos-run';
import { findViolations } from './checker';
import type { DialectFault, RestFault } from './dialect-faults';
import type { Fault } from './faults';
import type { ChaosPlan } from './plan';
import { defectivePlan } from './plans';
import { describeViolations, type Violation } from './violation';
import type { WireFault } from './wire-faults';

/** Each plan is the same every time, and meets its defect however slow the machine is. */
export const SEED = 7;

/** Says what is wrong with a server, and which rules are broken then: what a plan waits for are sends and answers, not time. */
export type DefectCase = [
  what: string,
  fault: Fault | WireFault | DialectFault | RestFault,
  plan: Partial<ChaosPlan>,
  rules: Violation['rule'][],
];

/** Plays a plan on servers with a defect, and expects the checker to name these rules; answers with its report. */
export async function catchDefect(bundle: string, [, fault, plan, rules]: DefectCase) {
  const { record, log, progress } = await runChaos(defectivePlan(SEED, fault, plan), bundle);
  console.info(`chaos: the defect ${fault} was met ${progress.defects} times`);
  expect(progress.defects, `how often a server did what ${fault} is`).toBeGreaterThan(0);
  const violations = findViolations(record);
  const found = violations.map(({ rule }) => rule);
  expect([...new Set(found)]).toEqual(expect.arrayContaining(rules));
  return describeViolations(SEED, violations, (about) => log.excerpt(about));
}
