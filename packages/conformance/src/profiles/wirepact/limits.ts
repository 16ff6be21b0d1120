import type { Check } from '../../check/check';
import { must, mustEqual, show } from '../../check/expectations';
import { errorOf } from '../../wire/packet';

const MANY = 5_000;
const MANY_CHANNELS = 1_000;

/** Limits, which only show where there is much. */
export const LIMITS: readonly Check[] = [
  {
    rule: 'RATE-5',
    title: 'an event over the rate limit is refused with how long to wait, and the connection stays',
    floods: true,
    async run(trial) {
      const client = await trial.connect();
      for (let sent = 0; sent < MANY; sent += 1) {
        const error = errorOf(await client.settle('list_messages', { channelId: trial.newId() }));
        if (error.code !== 'RATE_LIMITED') continue;
        mustEqual(error.retryable, true, 'retryable');
        must(Number.isSafeInteger(error.retryAfterMs), `retryAfterMs is ${show(error.retryAfterMs)}`);
        must(client.socket.connected, 'the connection is ended');
        return;
      }
      trial.skip(`${MANY} events of one connection are not limited`);
    },
  },
  {
    rule: 'JOIN-17',
    title: 'a connection cannot be in any number of channels',
    floods: true,
    async run(trial) {
      const client = await trial.connect();
      for (let joined = 0; joined < MANY_CHANNELS; joined += 1) {
        const answer = await client.ask('join_channel', { channelId: trial.newId() });
        if (answer.ok === true) continue;
        mustEqual(errorOf(answer).code, 'TOO_MANY_CHANNELS', 'the code for one channel too many');
        return;
      }
      must(false, `a connection is in ${MANY_CHANNELS} channels`);
    },
  },
];
