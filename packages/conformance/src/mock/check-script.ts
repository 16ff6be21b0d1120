import { SESSION_PREFIX, WirepactError } from '@wirepact/contract/runtime';
import type { ContractView } from '../profiles/contract/contract-view';
import type { MockFault, MockOptions } from './mock-script';
import type { Session } from './session';

const invalid = (problem: string) => new WirepactError('INVALID_OPTIONS', problem);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const FAULTS: readonly unknown[] = ['drop', 'disconnect', 'wrong'];

const isFault = (fault: unknown) =>
  FAULTS.includes(fault) || (isObject(fault) && Number.isFinite(fault.delayMs) && Number(fault.delayMs) >= 0);

/** What clients send has this name, as the contract or the session has it. */
const isAsked = ({ clientToServer }: ContractView, event: string) =>
  String(event).startsWith(SESSION_PREFIX) || clientToServer.some(({ name }) => name === event);

/** @throws WirepactError `INVALID_OPTIONS` for an answer to an event that no client sends, or that is none */
export function checkAnswers(view: ContractView, { answers = {} }: MockOptions): void {
  for (const [event, answer] of Object.entries(answers)) {
    if (!isAsked(view, event)) throw invalid(`answers: ${view.name} has no event "${event}" of a client.`);
    if (typeof answer === 'function' || (isObject(answer) && 'data' in answer)) continue;
    throw invalid(`answers.${event} has to be a function, or { data }.`);
  }
}

/** @throws WirepactError `INVALID_OPTIONS` for a fault that nothing would ever meet, or that is none */
export function checkFault(view: ContractView, event: string, fault: MockFault, times: number): void {
  if (!isAsked(view, event) && !view.serverToClient.has(event))
    throw invalid(`fail: ${view.name} has no event "${event}".`);
  if (!isFault(fault))
    throw invalid(`fail("${event}", …): a fault is 'drop', 'disconnect', 'wrong' or { delayMs }.`);
  if (!Number.isSafeInteger(times) || times < 1)
    throw invalid(`fail("${event}", …): \`times\` has to be a whole number of 1 or more.`);
}

/** @throws WirepactError `INVALID_OPTIONS` for what is not a session that was recorded */
export function checkSession(session: Session): void {
  if (!Array.isArray(session))
    throw invalid('A session is a list of steps, as `session()` of `recordSession` gives it.');
  session.forEach((step: unknown, index) => {
    const isStep = isObject(step) && typeof step.event === 'string';
    if (!isStep || (step.from !== 'client' && step.from !== 'server'))
      throw invalid(
        `Step ${index} of the session is none: it needs \`from\`, 'client' or 'server', and \`event\`.`,
      );
  });
}

/** @throws WirepactError `INVALID_OPTIONS` for what is not the address of a server */
export function checkAddress(url: string): void {
  if (typeof url === 'string' && /^(?:https?|wss?):\/\/./.test(url) && URL.canParse(url)) return;
  throw invalid(`${JSON.stringify(url)} is no address; one begins with http://, https://, ws:// or wss://.`);
}
