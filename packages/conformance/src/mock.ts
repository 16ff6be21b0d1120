/**
 * A server that stands in for one of a contract, for clients to be tried against. For tests and for work without a back end.
 * @module
 */

export type { MockAnswer, MockFault, MockOptions, MockRequest } from './mock/mock-script';
export { type MockServer, startMockServer } from './mock/mock-server';
export { recordSession, type SessionRecorder } from './mock/record-session';
export { replaySession, type SessionReplay } from './mock/replay-session';
export type { Session, SessionStep } from './mock/session';
