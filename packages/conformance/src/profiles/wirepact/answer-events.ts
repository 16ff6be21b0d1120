import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { dataOf, errorOf, type Fields, isFields, toFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import { agentIdOf } from '../chat/agents';
import type { ChatRow, ChatTrial } from '../chat/chat-trial';
import { asked, chunksOf, firstChunk, SLOWLY } from './turns';

/** What makes an agent that can use a tool. */
const WITH_TOOL = 'Please answer with a tool.';

/** A question that was answered, with all that two members were told of one answer. */
async function answered(chat: ChatTrial, text: string, fields: Fields = {}) {
  const { channelId, ada, ben, question } = await asked(chat, text, fields);
  const complete = await ben.next('messageComplete');
  const { messageId } = complete;
  const answer = ben.all('messageBroadcast').find(({ id }) => id === messageId);
  return { channelId, ada, ben, question, complete, answer, chunks: chunksOf(ben, messageId) };
}

/** As `answered`; skips the check where the agent says nothing at all, or fails. */
async function said(chat: ChatTrial, text: string) {
  const { answer, ...rest } = await answered(chat, text);
  if (rest.ben.all('messageStreamError').length > 0) chat.trial.skip('the agent fails');
  return { ...rest, answer: answer ?? chat.trial.skip('the agent says nothing') };
}

/** As `answered`, for answers that come in parts; skips the check where the agent answers at once. */
async function inParts(chat: ChatTrial, text: string) {
  const { chunks, ...rest } = await said(chat, text);
  const [first] = chunks;
  if (!first) return chat.trial.skip('the agent answers at once');
  return { ...rest, chunks, first };
}

const rises = (numbers: readonly unknown[]) =>
  numbers.every((number, at) => at === 0 || Number(number) > Number(numbers[at - 1]));

/** Waits for the answer to a later message. @throws Violation Where an agent has answered `question` twice by then. */
async function mustAnswerOnce(chat: ChatTrial, ada: WireClient, ben: WireClient, question: Fields) {
  const next = await chat.say(ada, String(question.roomId), { text: 'Hello again!' });
  await ben.next('messageComplete', ({ inReplyToMessageId }) => inReplyToMessageId === next.id);
  const answers = ben.all('messageComplete').filter((one) => one.inReplyToMessageId === question.id);
  const agents = answers.flatMap(
    ({ messageId }) => ben.all('messageBroadcast').find(({ id }) => id === messageId)?.senderId ?? [],
  );
  mustEqual(new Set(agents).size, agents.length, 'how many agents gave the answers');
}

/** Who answers, whom, and how often. */
const AGENTS: readonly ChatRow[] = [
  [
    'ERR-6',
    'a join that names an agent that there is not is AGENT_NOT_FOUND',
    async (chat) => {
      const client = await chat.connect();
      const payload = { channelId: chat.trial.newId(), agentId: chat.trial.newId() };
      mustHave(errorOf(await client.ask('join_channel', payload)), { code: 'AGENT_NOT_FOUND' }, 'the error');
    },
    'Agent not found',
  ],
  [
    'JOIN-15',
    'a join that names no agent takes the one given while connecting',
    async (chat) => {
      const agentId = await agentIdOf(chat);
      const client = await chat.connect({ auth: { agentId } });
      const joined = await chat.join(client, chat.trial.newId());
      must(joined.agentId === agentId, 'channel_joined has another agentId, or none');
    },
  ],
  [
    'AGENT-1',
    'an answer is a message with the id and the name of its agent',
    async (chat) => {
      const { answer, chunks } = await said(chat, 'Hello!');
      mustEqual(answer.source, 'agent_response', 'the source');
      for (const name of ['senderId', 'senderName'])
        must(typeof answer[name] === 'string' && answer[name] !== '', `${name} is ${show(answer[name])}`);
      const others = chunks.filter(
        ({ agentId, senderName }) => agentId !== answer.senderId || senderName !== answer.senderName,
      );
      mustEqual(others.length, 0, 'how many of its chunks are of somebody else');
    },
  ],
  [
    'AGENT-4',
    'messageComplete has the channel and the server of the message that was answered, and its id',
    async (chat) => {
      const serverId = chat.trial.newId();
      const { channelId, question, complete } = await answered(chat, 'Hello!', { serverId });
      const { id: inReplyToMessageId } = question;
      mustHave(complete, { channelId, serverId, inReplyToMessageId }, 'messageComplete');
    },
    'Emitted when an agent finishes processing and responding to a message.',
  ],
  [
    'AGENT-5',
    'no member is told twice that an answer is complete',
    async (chat) => {
      const { channelId, ada, ben } = await answered(chat, 'Hello!');
      await ada.next('messageComplete');
      for (const client of [ada, ben]) {
        await chat.catchUp(client);
        const ids = chat
          .heard(client, 'messageComplete', channelId)
          .flatMap(({ messageId }) => messageId ?? []);
        mustEqual(new Set(ids).size, ids.length, 'how many answers are complete');
      }
    },
  ],
  [
    'AGENT-9',
    'agents answer messages of people, and no answers',
    async (chat) => {
      const { channelId, ada, ben, question } = await answered(chat, 'Hello!');
      const again = await chat.say(ada, channelId, { text: 'Hello again!' });
      await ben.next('messageComplete', ({ inReplyToMessageId }) => inReplyToMessageId === again.id);
      const people = new Set([question.id, again.id]);
      const others = chat
        .heard(ben, 'messageComplete', channelId)
        .filter((one) => !people.has(one.inReplyToMessageId));
      mustEqual(others.length, 0, 'how many answers are to something else');
    },
  ],
  [
    'AGENT-12',
    'a message that is sent again is not answered again',
    async (chat) => {
      const messageId = chat.trial.newId();
      const { channelId, ada, ben, question } = await answered(chat, 'Hello!', { messageId });
      await ada.ask('send_message', chat.hello(ada, channelId, { messageId, text: 'Hello!' }));
      await mustAnswerOnce(chat, ada, ben, question);
    },
  ],
  [
    'TURN-6',
    'nor is one that is sent again while it is answered',
    async (chat) => {
      const messageId = chat.trial.newId();
      const { channelId, ada, ben, question } = await asked(chat, 'Hello!', { messageId });
      await ada.ask('send_message', chat.hello(ada, channelId, { messageId, text: 'Hello!' }));
      await mustAnswerOnce(chat, ada, ben, question);
    },
  ],
];

/** How an answer comes, part by part. */
const PARTS: readonly ChatRow[] = [
  [
    'STREAMING-1',
    'each chunk says of which answer it is, by whom and to what',
    async (chat) => {
      const { channelId, question, answer, chunks } = await inParts(chat, SLOWLY);
      const { id: messageId, senderId: agentId, senderName } = answer;
      const expected = { messageId, channelId, agentId, senderName, inReplyToMessageId: question.id };
      for (const chunk of chunks) mustHave(chunk, expected, 'messageStreamChunk');
    },
  ],
  [
    'STREAMING-2',
    'the index of the chunks rises from each to the next',
    async (chat) => {
      const { chunks } = await inParts(chat, SLOWLY);
      const indexes = chunks.map(({ index }) => index);
      must(indexes.every(Number.isSafeInteger), `the index of the chunks is ${show(indexes)}`);
      must(rises(indexes), `the index of the chunks is ${show(indexes)}`);
    },
  ],
  [
    'STREAMING-5',
    'a chunk with a tool, or with a thought, has no text; the message has each tool once',
    async (chat) => {
      const { answer, chunks } = await inParts(chat, WITH_TOOL);
      const told = chunks.filter(({ tool, thought }) => tool !== undefined || thought !== undefined);
      if (told.length === 0) chat.trial.skip('the agent neither uses a tool nor says what it thinks');
      for (const { chunk } of told) mustEqual(chunk, '', 'the text of such a chunk');
      const ids = told.flatMap(({ tool }) => (isFields(tool) ? [tool.id] : []));
      const actions = Array.isArray(answer.actions) ? answer.actions : [];
      const kept = actions.flatMap((action) => toFields(toFields(action).tool).id ?? []);
      mustEqual(kept.toSorted(), [...new Set(ids)].toSorted(), 'the tools of the message');
    },
  ],
];

/** How an answer ends. */
const ENDS: readonly ChatRow[] = [
  [
    'TURN-1',
    'an answer that has ended is not stopped, and ends once',
    async (chat) => {
      const { channelId, ben, answer } = await said(chat, 'Hello!');
      const { id: messageId } = answer;
      const { cancelled } = dataOf(await ben.ask('cancel_response', { channelId, messageId }));
      mustEqual(cancelled, false, 'cancelled');
      await chat.catchUp(ben);
      const ends = ['messageStreamError', 'messageComplete'].map(
        (event) => ben.all(event).filter((one) => one.messageId === messageId).length,
      );
      mustEqual(ends, [0, 1], 'how often messageStreamError and messageComplete come');
    },
  ],
  [
    'TURN-3',
    'an answer that is whole does not say that it is not',
    async (chat) => {
      const { answer } = await said(chat, 'Hello!');
      must(!('incomplete' in answer), `incomplete of an answer that is whole is ${show(answer.incomplete)}`);
    },
  ],
  [
    'TURN-3',
    'an answer that is stopped is told so with its agent, its question and a code',
    async (chat) => {
      const { channelId, ada, question } = await asked(chat, SLOWLY);
      const { messageId, agentId } = await firstChunk(chat, ada);
      const { cancelled } = dataOf(await ada.ask('cancel_response', { channelId, messageId }));
      if (cancelled === false) chat.trial.skip('the agent is too fast to be stopped');
      const told = await ada.next('messageStreamError');
      const { id: inReplyToMessageId } = question;
      const code = 'RESPONSE_CANCELLED';
      mustHave(told, { messageId, channelId, agentId, inReplyToMessageId, code }, 'messageStreamError');
      must(typeof told.error === 'string' && /\w/.test(told.error), 'messageStreamError says nothing');
    },
  ],
];

/** What agents answer, seen more closely. */
export const ANSWER_EVENTS: readonly ChatRow[] = [...AGENTS, ...PARTS, ...ENDS];

/** What a server does that has no agents. */
export const NO_AGENTS: readonly ChatRow[] = [
  [
    'AGENT-11',
    'where any agent may be named, none answers',
    async (chat) => {
      const client = await chat.connect();
      const [channelId, agentId] = [chat.trial.newId(), chat.trial.newId()];
      const joined = await client.ask('join_channel', { channelId, agentId });
      if (errorOf(joined).code === 'AGENT_NOT_FOUND') chat.trial.skip('the server has agents');
      mustHave(joined.data, { agentId }, 'the answer to a join that names an agent');
      await chat.say(client, channelId);
      await chat.catchUp(client);
      mustEqual(client.all('messageComplete').length, 0, 'how often messageComplete comes');
    },
  ],
];
