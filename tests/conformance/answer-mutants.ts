import { at, change, type Mutant } from './mutant';
import { answered, lacking, silent, told, twice } from './mutations';

/** What it could do wrong where clients answer as agents. */
export const REMOTE_MUTANTS: readonly Mutant[] = [
  {
    name: 'answers with another id than it tells',
    rule: 'REMOTE-1',
    down: told('messageBroadcast', (payload) =>
      at(payload, 'source') === 'agent_response' ? change(payload, { id: at(payload, 'roomId') }) : payload,
    ),
  },
  {
    name: 'lets agents answer what is not there',
    rule: 'REMOTE-2',
    ack: answered('begin_answer', (answer) =>
      at(answer, 'error', 'code') === 'MESSAGE_NOT_FOUND' ? { ok: true, data: { messageId: 'm' } } : answer,
    ),
  },
  {
    name: 'lets agents answer agents',
    rule: 'REMOTE-2',
    ack: answered('begin_answer', (answer) =>
      at(answer, 'error', 'code') === 'FORBIDDEN' ? { ok: true, data: { messageId: 'm' } } : answer,
    ),
  },
  { name: 'tells nothing of an answer under way', rule: 'REMOTE-3', down: silent('messageStreamChunk') },
  {
    name: 'tells an answer that failed as whole',
    rule: 'REMOTE-4',
    down: lacking('messageBroadcast', 'incomplete'),
  },
  {
    name: 'takes what comes twice twice',
    rule: 'REMOTE-5',
    down: told('messageBroadcast', (payload) =>
      at(payload, 'source') === 'agent_response' ? change(payload, { text: 'twice' }) : payload,
    ),
  },
  {
    name: 'takes what is missing for said',
    rule: 'REMOTE-5',
    ack: answered('continue_answer', () => ({ ok: true, data: {} })),
  },
  {
    name: 'goes on with what has ended',
    rule: 'REMOTE-6',
    ack: answered('continue_answer', () => ({ ok: true, data: {} })),
  },
];

/** Lets an agent be told of otherwise. */
const ofAgents = (changes: (payload: unknown) => unknown) =>
  told('messageBroadcast', (payload) =>
    at(payload, 'source') === 'agent_response' ? changes(payload) : payload,
  );

/** What else it could do wrong while an agent answers. */
export const ANSWER_MUTANTS: readonly Mutant[] = [
  {
    name: 'takes any agent',
    rule: 'ERR-6',
    ack: answered('join_channel', () => ({ ok: true, data: {} })),
  },
  {
    name: 'forgets the agent given while connecting',
    rule: 'JOIN-15',
    down: lacking('channel_joined', 'agentId'),
  },
  {
    name: 'lets anybody act as an agent',
    rule: 'AUTH-3',
    ack: answered('send_message', (answer) =>
      at(answer, 'error', 'code') === 'FORBIDDEN' ? { ok: true, data: {} } : answer,
    ),
  },
  {
    name: 'tells an answer under the name of somebody else',
    rule: 'AGENT-1',
    down: ofAgents((payload) => change(payload, { senderName: 'Somebody' })),
  },
  {
    name: 'says of another server that an answer is complete',
    rule: 'AGENT-4',
    down: told('messageComplete', { serverId: '00000000-0000-0000-0000-000000000000' }),
  },
  { name: 'says twice that an answer is complete', rule: 'AGENT-5', down: twice('messageComplete') },
  {
    name: 'answers answers',
    rule: 'AGENT-9',
    down: ({ event, payload }, { tell }) => {
      if (event === 'messageComplete')
        tell(event, change(payload, { inReplyToMessageId: at(payload, 'messageId'), messageId: 'another' }));
      return payload;
    },
  },
  ...(['AGENT-12', 'TURN-6'] as const).map(
    (rule): Mutant => ({
      name: 'answers a message that is sent again',
      rule,
      down: twice('messageComplete'),
    }),
  ),
  {
    name: 'does not say what is answered',
    rule: 'STREAMING-1',
    down: lacking('messageStreamChunk', 'inReplyToMessageId'),
  },
  {
    name: 'counts the chunks of all answers as the first',
    rule: 'STREAMING-2',
    down: told('messageStreamChunk', { index: 0 }),
  },
  {
    name: 'loses the text of a chunk',
    rule: 'STREAMING-3',
    down: ({ event, payload, times }) =>
      event === 'messageStreamChunk' && times === 3 ? change(payload, { chunk: '' }) : payload,
  },
  {
    name: 'tells a chunk at another place',
    rule: 'STREAMING-3',
    down: told('messageStreamChunk', (payload) =>
      change(payload, { offset: Number(at(payload, 'offset')) + 1 }),
    ),
  },
  {
    name: 'tells tools as text',
    rule: 'STREAMING-5',
    down: told('messageStreamChunk', (payload) =>
      at(payload, 'tool') ? change(payload, { chunk: 'look up' }) : payload,
    ),
  },
  {
    name: 'keeps no tools',
    rule: 'STREAMING-5',
    down: lacking('messageBroadcast', 'actions'),
  },
  {
    name: 'stops what has ended',
    rule: 'TURN-1',
    ack: answered('cancel_response', () => ({ ok: true, data: { cancelled: true } })),
  },
  {
    name: 'says of a whole answer that it is not',
    rule: 'TURN-3',
    down: ofAgents((payload) => change(payload, { incomplete: 'failed' })),
  },
  {
    name: 'says of an answer that was stopped that it failed',
    rule: 'TURN-3',
    down: told('messageStreamError', { code: 'AGENT_FAILED' }),
  },
];
