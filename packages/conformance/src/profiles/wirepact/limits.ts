import type { Check } from '../../check/check';
import { must, mustEqual, show } from '../../check/expectations';
import type { Trial } from '../../check/trial';
import { errorOf, payloadOf, toFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import { ChatTrial } from '../chat/chat-trial';
import { answerOf } from '../fault-checks';

const MANY = 5_000;
const MANY_CHANNELS = 1_000;

/** A limit that is higher is not looked at twice. */
const MAX_LIMIT = 200;
const AT_ONCE = 2_000;
const MANY_CONNECTIONS = 1_000;

/** Sends until it is refused for now; answers with how many events were taken, and with the refusal. */
async function untilLimited(trial: Trial, client: WireClient, most: number) {
  for (let sent = 0; sent < most; sent += 1) {
    const error = errorOf(await client.settle('list_messages', { channelId: trial.newId() }));
    if (error.code === 'RATE_LIMITED') return { sent, error };
  }
  return trial.skip(`${most} events of one connection are not limited`);
}

/** Limits, which only show where there is much. */
export const LIMITS: readonly Check[] = [
  {
    rule: 'RATE-5',
    title: 'an event over the rate limit is refused with how long to wait, and the connection stays',
    floods: true,
    async run(trial) {
      const client = await trial.connect();
      const { error } = await untilLimited(trial, client, MANY);
      mustEqual(error.retryable, true, 'retryable');
      must(Number.isSafeInteger(error.retryAfterMs), `retryAfterMs is ${show(error.retryAfterMs)}`);
      must(client.socket.connected, 'the connection is ended');
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
  {
    rule: 'RATE-4',
    title: 'events that are unknown count as well',
    floods: true,
    async run(trial) {
      const client = await trial.connect();
      const { sent } = await untilLimited(trial, client, MAX_LIMIT);
      const many = Array.from({ length: 2 * sent + 10 }, () => answerOf(client, 'no_such_event', {}));
      const codes = (await Promise.all(many)).map((answer) => answer && errorOf(answer).code);
      must(
        codes.some((code) => code !== 'UNKNOWN_EVENT'),
        `${sent} events are as many as may be sent, and ${many.length} that are unknown are taken`,
      );
    },
  },
  {
    rule: 'ERR-21',
    title: 'an event too many at once is refused for now, and has no effect',
    floods: true,
    async run(trial) {
      const chat = new ChatTrial(trial);
      const { channelId, client } = await chat.channel();
      const texts = Array.from({ length: AT_ONCE }, (_, index) => `at once ${index}`);
      const answers = await Promise.all(
        texts.map((text) => answerOf(client, 'send_message', chat.hello(client, channelId, { text }))),
      );
      const refused = texts.filter((_, index) => errorOf(answers[index] ?? {}).code === 'OVERLOADED');
      if (refused.length === 0) trial.skip(`${AT_ONCE} events at once are not too many`);
      const wrong = answers.filter(
        (answer = {}) => errorOf(answer).code === 'OVERLOADED' && errorOf(answer).retryable !== true,
      );
      mustEqual(wrong.length, 0, 'how many refusals are not retryable');
      const heard = new Set(
        client.packets
          .filter(({ event }) => event === 'messageBroadcast')
          .map((packet) => payloadOf(packet).text),
      );
      mustEqual(
        refused.filter((text) => heard.has(text)).length,
        0,
        'how many messages that were refused are heard',
      );
    },
  },
  {
    rule: 'RATE-9',
    title: 'an address that connects too often is refused for now, whoever it is',
    floods: true,
    async run(trial) {
      for (let opened = 0; opened < MANY_CONNECTIONS; opened += 1) {
        const client = trial.open({ as: 'nobody' });
        await client.admitted();
        client.close();
        const error = toFields(client.refusal && Reflect.get(client.refusal, 'data'));
        if (error.code !== 'RATE_LIMITED') continue;
        mustEqual(error.retryable, true, 'retryable');
        must(Number.isSafeInteger(error.retryAfterMs), `retryAfterMs is ${show(error.retryAfterMs)}`);
        return;
      }
      trial.skip(`${MANY_CONNECTIONS} connections of one address are not limited`);
    },
  },
];
