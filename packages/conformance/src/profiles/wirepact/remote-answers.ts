import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { dataOf, errorOf, type Fields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ChatRow, ChatTrial } from '../chat/chat-trial';

const PARTS = [{ text: 'How do you ' }, { text: 'feel?' }];
const ANSWER = 'How do you feel?';

/** A client that answers a message as an agent. */
class RemoteTrial {
  private constructor(
    readonly chat: ChatTrial,
    readonly channelId: string,
    readonly person: WireClient,
    readonly agent: WireClient,
    readonly question: Fields,
  ) {}

  static async open(chat: ChatTrial): Promise<RemoteTrial> {
    const { channelId, ada, ben } = await chat.pair();
    const question = await chat.say(ada, channelId);
    return new RemoteTrial(chat, channelId, ada, ben, question);
  }

  private get named(): Fields {
    return { channelId: this.channelId, entityId: this.chat.entityOf(this.agent) };
  }

  begin(fields: Fields = {}) {
    const { id: inReplyToMessageId, seq } = this.question;
    const payload = { ...this.named, inReplyToMessageId, seq, entityName: 'Conformance', ...fields };
    return this.agent.ask('begin_answer', payload);
  }

  /** Begins an answer; skips the check where this client may not. */
  async begun(): Promise<unknown> {
    const answer = await this.begin();
    if (errorOf(answer).code === 'FORBIDDEN') this.chat.trial.skip('this client may not answer as an agent');
    must(answer.ok === true, `begin_answer is answered with ${show(answer)}`);
    return dataOf(answer).messageId;
  }

  go(messageId: unknown, index: number, fields: Fields = {}) {
    return this.agent.ask('continue_answer', { ...this.named, messageId, index, parts: PARTS, ...fields });
  }

  /** Goes on. @throws Violation Where that is refused. */
  async goes(messageId: unknown, index: number, fields: Fields = {}): Promise<void> {
    const answer = await this.go(messageId, index, fields);
    must(answer.ok === true, `continue_answer is answered with ${show(answer)}`);
  }

  /** The message of an answer that is complete. */
  async complete(messageId: unknown): Promise<Fields | undefined> {
    await this.person.next('messageComplete', (one) => one.messageId === messageId);
    return this.person.all('messageBroadcast').find(({ id }) => id === messageId);
  }
}

type Run = (remote: RemoteTrial) => Promise<void>;

const CHECKS: readonly (readonly [rule: string, title: string, run: Run])[] = [
  [
    'REMOTE-1',
    'an answer that is begun has an id, under which it is told',
    async (remote) => {
      const messageId = await remote.begun();
      must(typeof messageId === 'string', `begin_answer is answered with the messageId ${show(messageId)}`);
      await remote.goes(messageId, 0, { end: 'done' });
      must(await remote.complete(messageId), 'no message has the id that begin_answer was answered with');
    },
  ],
  [
    'REMOTE-2',
    'begun again it is the same answer; a message that is not there, or has another number, is not answered',
    async (remote) => {
      const messageId = await remote.begun();
      must(dataOf(await remote.begin()).messageId === messageId, 'begun again it is another answer');
      const seq = Number(remote.question.seq) + 1;
      for (const fields of [{ seq }, { inReplyToMessageId: remote.chat.trial.newId() }])
        mustHave(errorOf(await remote.begin(fields)), { code: 'MESSAGE_NOT_FOUND' }, 'the error');
    },
  ],
  [
    'REMOTE-2',
    'the answer of an agent is not answered',
    async (remote) => {
      const messageId = await remote.begun();
      await remote.goes(messageId, 0, { end: 'done' });
      const answer = await remote.complete(messageId);
      const error = errorOf(await remote.begin({ inReplyToMessageId: messageId, seq: answer?.seq }));
      mustHave(error, { code: 'FORBIDDEN' }, 'the error');
    },
  ],
  [
    'REMOTE-3',
    'members are told of it as of any answer',
    async (remote) => {
      const messageId = await remote.begun();
      await remote.goes(messageId, 0);
      const chunk = await remote.person.next('messageStreamChunk', (one) => one.messageId === messageId);
      const { channelId, question } = remote;
      mustHave(chunk, { channelId, inReplyToMessageId: question.id }, 'messageStreamChunk');
      await remote.goes(messageId, 1, { parts: [{ text: ' Well?' }], end: 'done' });
      const answer = await remote.complete(messageId);
      const expected = { text: `${ANSWER} Well?`, source: 'agent_response' };
      mustHave(answer, expected, 'the message of the answer');
    },
  ],
  [
    'REMOTE-4',
    'an answer that fails is told so, and nobody gets messageError',
    async (remote) => {
      const messageId = await remote.begun();
      await remote.goes(messageId, 0, { end: 'failed' });
      const answer = await remote.complete(messageId);
      mustHave(answer, { text: ANSWER, incomplete: 'failed' }, 'the message that is left');
      const told = await remote.person.next('messageStreamError');
      mustHave(told, { messageId, code: 'AGENT_FAILED', partialText: ANSWER }, 'messageStreamError');
      await remote.chat.catchUp(remote.person);
      mustEqual(remote.person.all('messageError').length, 0, 'how often messageError comes');
    },
  ],
  [
    'REMOTE-5',
    'what was taken before is taken once, and nothing is taken where something is missing before it',
    async (remote) => {
      const messageId = await remote.begun();
      for (const time of [1, 2]) await remote.goes(messageId, 0, { time });
      const error = errorOf(await remote.go(messageId, 2));
      mustHave(error, { code: 'INVALID_PAYLOAD' }, 'the error where an index is missing');
      await remote.goes(messageId, 1, { parts: [], end: 'done' });
      mustEqual((await remote.complete(messageId))?.text, ANSWER, 'the text of the answer');
    },
  ],
  [
    'REMOTE-6',
    'an answer that has ended, or was never begun, does not go on',
    async (remote) => {
      const messageId = await remote.begun();
      await remote.goes(messageId, 0, { end: 'done' });
      await remote.complete(messageId);
      for (const id of [messageId, remote.chat.trial.newId()])
        mustHave(errorOf(await remote.go(id, 1)), { code: 'MESSAGE_NOT_FOUND' }, 'the error');
    },
  ],
];

/** Answers of agents that are clients, as far as this client may give some. */
export const REMOTE_ANSWERS: readonly ChatRow[] = CHECKS.map(([rule, title, run]) => [
  rule,
  title,
  async (chat) => run(await RemoteTrial.open(chat)),
]);
