import { at, change, type Mutant } from './mutant';
import { answered, asked, lacking, silent, told, toldToAll, withData, withError } from './mutations';
import { DROPPED, type Passing } from './relay';

const isForbidden = (answer: unknown) => at(answer, 'error', 'code') === 'FORBIDDEN';

/** Answers an event with success where it is forbidden. */
const allows =
  (...names: readonly string[]): NonNullable<Mutant['ack']> =>
  (answer, { event }) =>
    names.includes(event) && isForbidden(answer) ? { ok: true, data: {} } : answer;

/** Whether an event names a room of one kind of spelling. */
const isSpelledOtherwise = ({ payload }: Passing) => {
  const channelId = at(payload, 'channelId');
  return channelId === undefined || channelId !== String(channelId).toLowerCase();
};

/** What a server could do wrong where people sign in. */
export const IDENTITY_MUTANTS: readonly Mutant[] = [
  {
    name: 'does not say who is signed in',
    rule: 'AUTH-12',
    down: lacking('connection_established', 'entityId'),
  },
  { name: 'lets who is signed in join as anybody', rule: 'AUTH-2', ack: allows('join_channel') },
  { name: 'lets who is signed in send as anybody', rule: 'AUTH-2', ack: allows('send_message') },
  { name: 'lets who is signed in read as anybody', rule: 'AUTH-2', ack: allows('list_messages') },
  {
    name: 'takes a name that it knows from the client',
    rule: 'AUTH-4',
    down: told('messageBroadcast', (payload) => change(payload, { senderName: at(payload, 'id') })),
  },
  {
    name: 'ends a membership where credentials are proved again',
    rule: 'AUTH-9',
    ack: answered('authenticate', (answer, _passing, { memory }) => {
      memory.set('deaf', true);
      return answer;
    }),
    down: ({ event, payload }, { memory }) =>
      event === 'messageBroadcast' && memory.has('deaf') ? DROPPED : payload,
  },
  {
    name: 'takes the credentials of somebody else',
    rule: 'AUTH-9',
    ack: answered('authenticate', () => ({ ok: true, data: {} })),
  },
  { name: 'lets anybody into a private channel', rule: 'AUTH-5', ack: allows('join_channel') },
  { name: 'lets anybody read a private channel', rule: 'AUTH-5', ack: allows('list_messages') },
  { name: 'lets anybody write to a private channel', rule: 'AUTH-5', ack: allows('send_message') },
  {
    name: 'keeps what it refuses',
    rule: 'AUTH-5',
    ack: answered('list_messages', (answer, _passing, { shared }) =>
      withData(answer, { messages: [...shared.values()] }),
    ),
    up: ({ event, payload }, { shared }) => {
      if (event === 'send_message') shared.set(String(shared.size), payload);
      return payload;
    },
  },
  {
    name: 'tells everybody of what one may not do',
    rule: 'ERR-8',
    down: toldToAll('messageError'),
  },
  {
    name: 'says of what is forbidden that it may be tried again',
    rule: 'ERR-8',
    ack: (answer) => (isForbidden(answer) ? withError(answer, { retryable: true }) : answer),
  },
  { name: 'tells everybody of a message', rule: 'CAST-2', down: toldToAll('messageBroadcast') },
  {
    name: 'lets who may not be in a channel see who is',
    rule: 'PRES-2',
    ack: allows('watch_presence'),
  },
  {
    name: 'asks about the channelId alone, as it is spelled',
    rule: 'AUTH-11',
    ack: (answer, passing) =>
      isForbidden(answer) && isSpelledOtherwise(passing) ? { ok: true, data: {} } : answer,
  },
  {
    name: 'sends to the roomId',
    rule: 'AUTH-11',
    up: ({ event, payload }) =>
      event === 'send_message' && at(payload, 'roomId') !== undefined
        ? change(payload, { channelId: at(payload, 'roomId') })
        : payload,
  },
  { name: 'lets anybody stop an answer', rule: 'TURN-4', ack: allows('cancel_response') },
  {
    name: 'ends a connection without a word',
    rule: 'AUTH-10',
    down: silent('connection_ended'),
  },
  {
    name: 'tells whom it puts out to come back',
    rule: 'AUTH-10',
    down: told('connection_ended', { reconnect: true }),
  },
  { name: 'tells nobody who is taken out', rule: 'LEAVE-5', down: silent('channel_left') },
  {
    name: 'says of who is taken out that it may not be there',
    rule: 'LEAVE-5',
    down: told('channel_left', { reason: 'FORBIDDEN' }),
  },
  {
    name: 'answers the messageId of one with the message of another',
    rule: 'SEND-15',
    ack: answered('send_message', (answer, { payload }, { shared }) => {
      const key = String(at(payload, 'messageId'));
      const first = shared.get(key) ?? answer;
      shared.set(key, first);
      return first;
    }),
  },
  {
    name: 'tells everybody the id that a client gave its message',
    rule: 'CAST-15',
    down: told('messageBroadcast', (payload) => change(payload, { clientMessageId: 'of somebody' })),
  },
  {
    name: 'tells everybody so of what is sent again',
    rule: 'RESUME-6',
    down: told('messageBroadcast', (payload) => change(payload, { clientMessageId: 'of somebody' })),
  },
  {
    name: 'tells everybody so of what is in the history',
    rule: 'HIST-9',
    ack: answered('list_messages', (answer) =>
      withData(answer, { messages: [{ clientMessageId: 'of somebody' }] }),
    ),
  },
  {
    name: 'names members by their connection',
    rule: 'PRES-3',
    down: told('presence_changed', (payload) =>
      change(payload, { members: [{ identity: { entityId: 'one' } }, { identity: { entityId: 'two' } }] }),
    ),
  },
  {
    name: 'counts connections for members',
    rule: 'PRES-3',
    down: told('presence_changed', { count: 3 }),
  },
  {
    name: 'tells what members do of somebody else',
    rule: 'PRES-1',
    down: told('presence_changed', (payload) =>
      at(payload, 'updated') ? change(payload, { updated: [{ entityId: 'ada' }] }) : payload,
    ),
  },
];

/** What it could do wrong of who may connect. */
export const CONNECTING_MUTANTS: readonly Mutant[] = [
  {
    name: 'says of who is nobody that it may not connect',
    rule: 'AUTH-1',
    refusal: (data) => (at(data, 'code') === 'UNAUTHENTICATED' ? change(data, { code: 'FORBIDDEN' }) : data),
  },
];

/** What it could do wrong where identities end. */
export const ENDING_MUTANTS: readonly Mutant[] = [
  {
    name: 'says in seconds when an identity ends',
    rule: 'AUTH-8',
    down: told('connection_established', (payload) =>
      change(payload, { expiresAt: Math.round(Number(at(payload, 'expiresAt')) / 1_000) }),
    ),
  },
  {
    name: 'says of an identity that has ended something else',
    rule: 'AUTH-8',
    down: told('connection_ended', { reason: 'SERVER_CLOSING' }),
  },
];

/** What it could do wrong where nobody signs in. */
export const GUEST_MUTANTS: readonly Mutant[] = [
  {
    name: 'takes everybody for one entity',
    rule: 'AUTH-6',
    up: asked('send_message', { entityId: 'everybody' }),
  },
  {
    name: 'does what it refuses',
    rule: 'CHANGE-2',
    ack(answer, { event, payload }, { tellAll }) {
      if (event === 'update_channel') tellAll('channelUpdated', payload);
      return answer;
    },
  },
];
