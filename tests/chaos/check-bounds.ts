import type { RunRecord } from './run-record';
import type { Violation } from './violation';

/** A server ends when it is killed, and otherwise not, whatever happens to its store. */
export const checkCrashes = ({ crashes }: RunRecord): Violation[] =>
  crashes.map(({ server, how }) => ({ rule: 'no server ends by itself', what: `${server}: ${how}` }));

/** A request is answered within a time, by a result or an error, as long as its connection is up. */
export const checkAnswers = ({ unanswered }: RunRecord): Violation[] =>
  unanswered.map(({ client, channelId, event, afterMs }) => ({
    ...{ rule: 'answered in time', client, channelId },
    what: `${event} had no answer for ${afterMs} ms on a connection that was up`,
  }));

/** Members hear of everything within a time once all is up, without anything that happens afterwards to tell them. */
export const checkHearing = ({ unheard }: RunRecord): Violation[] =>
  unheard.map(({ client, channelId, position, head, after }) => ({
    ...{ rule: 'heard without another', client, channelId, seq: head?.seq },
    what: `it is at ${position?.seq} of ${position?.epoch}, the store at ${head?.seq} of ${head?.epoch}, since ${after}`,
  }));
