import { at, change, type Mutant } from './mutant';
import { lacking, silent, told, without } from './mutations';

const isEnvelope = (event: string, payload: unknown, type: number) =>
  event === 'message' && at(payload, 'type') === type;

/** What a server could do wrong that deployed ElizaOS clients see. */
export const ELIZAOS_MUTANTS: readonly Mutant[] = [
  {
    name: 'does not say who it takes a client for',
    rule: 'ELIZA-2',
    down: lacking('authenticated', 'timestamp'),
  },
  {
    name: 'answers a join in other words',
    rule: 'ELIZA-3',
    down: told('room_joined', { message: 'Joined.' }),
  },
  {
    name: 'complains about envelopes that it does not know',
    rule: 'ELIZA-4',
    up({ event, payload }, { tell }) {
      if (isEnvelope(event, payload, 3)) tell('messageError', { error: 'Unknown type.' });
      return payload;
    },
  },
  {
    name: 'confirms with the status of the document',
    rule: 'ELIZA-5',
    down: told('messageAck', { status: 'success' }),
  },
  {
    name: 'does not let the sender know its own message',
    rule: 'ELIZA-5',
    down: lacking('messageBroadcast', 'clientMessageId'),
  },
  { name: 'drops what is wrong without a word', rule: 'ELIZA-6', down: silent('messageError') },
  {
    name: 'has a message only for channels that are there',
    rule: 'ELIZA-8',
    up: ({ event, payload }, { memory }) => {
      if (isEnvelope(event, payload, 1)) memory.set('joined', true);
      const isLost = isEnvelope(event, payload, 2) && !memory.has('joined');
      return isLost ? change(payload, { payload: null }) : payload;
    },
  },
  {
    name: 'has log entries with levels by name',
    rule: 'ELIZA-11',
    down: told('log_stream', { payload: { time: 1, level: 'info', msg: 'a' } }),
  },
  { name: 'does not answer filters', rule: 'ELIZA-12', down: silent('log_filters_updated') },
  {
    name: 'tells the deployed wire the words of the protocol',
    rule: 'ELIZA-1',
    down: told('messageBroadcast', (payload) =>
      at(payload, 'text') === 'from the protocol' ? without(payload, 'messageServerId') : payload,
    ),
  },
  {
    name: 'tells the protocol the words of the deployed wire',
    rule: 'ELIZA-1',
    down: told('messageBroadcast', { messageServerId: '00000000-0000-0000-0000-000000000000' }),
  },
  { name: 'numbers changes', rule: 'ELIZA-9', down: told('channelUpdated', { seq: 1, epoch: 'e' }) },
];

/** What it could do wrong where people sign in. */
export const SIGNED_IN_ELIZAOS_MUTANTS: readonly Mutant[] = [
  {
    name: 'lets who is signed in send as anybody',
    rule: 'ELIZA-7',
    up: ({ event, payload }, { tellAll }) => {
      if (isEnvelope(event, payload, 2))
        tellAll('messageBroadcast', { text: at(payload, 'payload', 'message') });
      return payload;
    },
  },
];
