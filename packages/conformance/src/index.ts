/**
 * Black-box checks of Socket.IO servers: the chat protocol, rule by rule, and any contract.
 * @module
 */

export type { ProfileName } from './check/check';
export type { Made } from './check/make-check';
export type { HostActions, Transport } from './check/target';
export { BudgetUsed, Violation } from './check/violation';
export { type ConformanceCheck, type ConformanceOptions, listChecks, runConformance } from './conformance';
export type { CheckResult, Outcome, Report } from './report/report';
