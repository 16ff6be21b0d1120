import { at, change, type Mutant } from './mutant';
import { DROPPED, type Passing, type Peer } from './relay';

type Down = NonNullable<Mutant['down']>;
type Up = NonNullable<Mutant['up']>;
type Ack = NonNullable<Mutant['ack']>;

/** Changes what one event of the server carries. */
export const told =
  (name: string, changes: Readonly<Record<string, unknown>> | ((payload: unknown) => unknown)): Down =>
  ({ event, payload }) => {
    if (event !== name) return payload;
    return typeof changes === 'function' ? changes(payload) : change(payload, changes);
  };

/** An event of the server does not come. */
export const silent = (name: string): Down => told(name, () => DROPPED);

/** An event of the server comes without some of its properties. */
export const lacking = (name: string, ...properties: readonly string[]): Down =>
  told(name, (payload) => without(payload, ...properties));

/** An event of the server comes twice. */
export const twice =
  (name: string): Down =>
  ({ event, payload }, { tell }) => {
    if (event === name) tell(event, payload);
    return payload;
  };

/** An event of the server comes to every client, whomever it is for. */
export const toldToAll =
  (name: string): Down =>
  ({ event, payload }, { tellAll }) => {
    if (event !== name) return payload;
    tellAll(event, payload);
    return DROPPED;
  };

/** Changes what a client sends. */
export const asked =
  (name: string, changes: Readonly<Record<string, unknown>>): Up =>
  ({ event, payload }) =>
    event === name ? change(payload, changes) : payload;

/** Changes the answer to an event. */
export const answered =
  (name: string, changed: (answer: unknown, passing: Passing, peer: Peer) => unknown): Ack =>
  (answer, passing, peer) =>
    passing.event === name ? changed(answer, passing, peer) : answer;

/** An answer with other data. */
export const withData = (answer: unknown, changes: Readonly<Record<string, unknown>>) =>
  at(answer, 'ok') ? change(answer, { data: change(at(answer, 'data'), changes) }) : answer;
/** An answer with another error. */
export const withError = (answer: unknown, changes: Readonly<Record<string, unknown>>) =>
  at(answer, 'ok') === false ? change(answer, { error: change(at(answer, 'error'), changes) }) : answer;
/** What is left of an object without some of its properties. */
export const without = (payload: unknown, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(Object(payload)).filter(([name]) => !names.includes(name)));

/** Remembers what was sent last by an event, to do something with it at the next. */
export const delayed =
  (name: string): Down =>
  ({ event, payload }, { memory, tell }) => {
    if (event !== name) return payload;
    const kept = memory.get(name);
    memory.delete(name);
    if (kept === undefined) {
      memory.set(name, payload);
      return DROPPED;
    }
    tell(name, payload);
    return kept;
  };

/** Whether it is a join. */
export const isJoin = ({ event }: Passing) => event === 'join_channel';
