import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { mustRefuse, refusalOf } from '../../check/refused-connection';
import type { Trial } from '../../check/trial';
import { dataOf, errorOf, type Fields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import { agentIdOf } from '../chat/agents';
import type { ChatRow, ChatTrial } from '../chat/chat-trial';

/** Milliseconds of the year 2001: a time below it is one in seconds. */
const EARLIEST = 1e12;

/** An identity that ends later is not waited for, in milliseconds. */
const SOON_MS = 5_000;

/** Skips the check where the server lets in who brings no credentials. */
export async function needsAuthentication(trial: Trial): Promise<void> {
  if (!trial.target.hasCredentials) trial.skip('the run has no credentials: auth, or --auth');
  if (!(await refusalOf(trial, { as: 'nobody' }))) trial.skip('the server lets in who brings no credentials');
}

/** Events that name who acts, as `entityId` would send them. */
const acts = (chat: ChatTrial, client: WireClient, channelId: string, entityId: string) => [
  ['join_channel', { channelId, entityId }] as const,
  ['send_message', chat.hello(client, channelId, { entityId })] as const,
  ['list_messages', { channelId, entityId }] as const,
];

/** Acts as an entity that the client is not. @throws Violation Where that is not FORBIDDEN, or has an effect. */
async function actAs(chat: ChatTrial, client: WireClient, entityId: string): Promise<void> {
  const { channelId, client: member } = await chat.channel();
  for (const [event, payload] of acts(chat, client, channelId, entityId)) {
    const error = errorOf(await client.ask(event, payload));
    mustHave(error, { code: 'FORBIDDEN' }, `the error of ${event} as somebody else`);
  }
  await chat.say(member, channelId, { text: 'last' });
  const texts = chat.heard(member, 'messageBroadcast', channelId).map(({ text }) => text);
  mustEqual(texts, ['last'], 'what members hear');
}

/** Connects, and skips the check where that is nobody. */
async function signedIn(chat: ChatTrial): Promise<WireClient> {
  const client = await chat.connect();
  chat.needsSignedIn(client);
  return client;
}

/** Proves again who a client is, by an `auth`; skips the check where that would prove nothing. */
function authenticate({ trial }: ChatTrial, client: WireClient, auth: Fields) {
  if (Object.keys(auth).length === 0) trial.skip('who connects is known by headers, which no event carries');
  return client.ask('authenticate', { auth });
}

/** Looks whether a client is still the same member of a channel. @throws Violation */
async function isStill(chat: ChatTrial, client: WireClient, channelId: string, entityId: string) {
  await chat.say(await chat.connect(), channelId, { text: 'to members' });
  await client.next('messageBroadcast', ({ text }) => text === 'to members');
  const own = await chat.say(client, channelId, { text: 'my own' });
  must(own.senderId === entityId, 'messages have another sender than before');
}

/** Who connects. */
const CONNECTING: readonly ChatRow[] = [
  [
    'AUTH-1',
    'who brings no credentials is refused with UNAUTHENTICATED, and is told nothing else',
    async ({ trial }) => {
      await needsAuthentication(trial);
      const error = await mustRefuse(trial, { as: 'nobody' }, 'who brings no credentials');
      mustHave(error, { code: 'UNAUTHENTICATED', retryable: false }, 'the data of connect_error');
      must(typeof error.message === 'string' && /\w/.test(error.message), 'the error says nothing');
    },
  ],
  [
    'AUTH-12',
    'who is signed in is told as whom, and sends as that',
    async (chat) => {
      await needsAuthentication(chat.trial);
      const { channelId, client } = await chat.channel();
      const [{ entityId } = {}] = client.all('connection_established');
      must(
        typeof entityId === 'string' && entityId !== '',
        `the greeting has the entityId ${show(entityId)}`,
      );
      must((await chat.say(client, channelId)).senderId === entityId, 'a message has another sender');
    },
  ],
  [
    'AUTH-8',
    'when an identity ends is told in milliseconds, and then the connection is ended',
    async (chat) => {
      const client = await chat.connect();
      const [{ expiresAt } = {}] = client.all('connection_established');
      if (expiresAt === undefined) chat.trial.skip('the identity has no end');
      must(Number.isSafeInteger(expiresAt), `expiresAt is ${show(expiresAt)}`);
      must(Number(expiresAt) > EARLIEST, 'expiresAt is no time in milliseconds');
      const { time } = dataOf(await client.ask('heartbeat'));
      const leftMs = Number(expiresAt) - Number(time);
      if (leftMs > SOON_MS) return;
      const why = () => client.give('connection_ended');
      const told = await client.until(
        why,
        'an identity has ended and its connection has not',
        leftMs + chat.trial.target.patienceMs,
      );
      mustHave(told, { reason: 'IDENTITY_EXPIRED' }, 'connection_ended');
      await client.ended();
    },
  ],
  [
    'AUTH-6',
    'where nobody signs in, anybody sends under any name',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      chat.needsGuest(client, 'who is signed in can act as nobody else');
      for (const entityId of ['conformance-ada', 'conformance-ben']) {
        const answer = await client.ask('send_message', chat.hello(client, channelId, { entityId }));
        if (errorOf(answer).code === 'FORBIDDEN') chat.trial.skip('this client may not send messages');
        mustEqual((await client.next('messageBroadcast')).senderId, entityId, 'messageBroadcast.senderId');
      }
    },
  ],
];

/** Who acts. */
const ACTING: readonly ChatRow[] = [
  [
    'AUTH-2',
    'who is signed in acts as nobody else: not in a join, in a message, or in a request for history',
    async (chat) => actAs(chat, await signedIn(chat), `conformance-${chat.trial.newId()}`),
  ],
  [
    'AUTH-2',
    'who is signed in does not act as somebody else who is',
    async (chat) => {
      const [ada, ben] = await chat.two();
      chat.needsSignedIn(ada);
      await actAs(chat, ada, chat.entityOf(ben));
    },
  ],
  [
    'AUTH-2',
    'where the entityId is left out, it is the one that is signed in',
    async (chat) => {
      const client = await signedIn(chat);
      const { channelId } = await chat.channel();
      const { entityId, ...message } = chat.hello(client, channelId, { messageId: 'mine' });
      const { messageId } = dataOf(await client.ask('send_message', message));
      const told = await client.next('messageBroadcast', ({ id }) => id === messageId);
      must(told.senderId === entityId, 'a message without an entityId has another sender');
    },
  ],
  [
    'AUTH-4',
    'a name that the server knows is the senderName, whatever the client sends',
    async (chat) => {
      const client = await signedIn(chat);
      const { channelId } = await chat.channel();
      const sent = ['One Name', 'Another Name'];
      const names: unknown[] = [];
      for (const entityName of sent)
        names.push((await chat.say(client, channelId, { entityName, text: entityName })).senderName);
      if (names.every((name, index) => name === sent[index])) chat.trial.skip('the server knows no name');
      must(
        names[0] === names[1],
        `the senderName of one entity is ${show(names[0])}, then ${show(names[1])}`,
      );
    },
  ],
  [
    'AUTH-9',
    'who proves again who it is stays where it is',
    async (chat) => {
      const client = await signedIn(chat);
      const channelId = chat.trial.newId();
      await chat.join(client, channelId);
      const answer = await authenticate(chat, client, chat.trial.target.own.auth);
      must(answer.ok === true, `the credentials of the connection are answered with ${show(answer)}`);
      const { expiresAt } = dataOf(answer);
      must(expiresAt === undefined || Number.isSafeInteger(expiresAt), `expiresAt is ${show(expiresAt)}`);
      await isStill(chat, client, channelId, chat.entityOf(client));
    },
  ],
  [
    'AUTH-9',
    'with the credentials of somebody else it is refused, and nothing changes',
    async (chat) => {
      const [client] = await chat.two();
      chat.needsSignedIn(client);
      const entityId = chat.entityOf(client);
      const channelId = chat.trial.newId();
      await chat.join(client, channelId);
      const answer = await authenticate(chat, client, chat.trial.credentialsOf('other').auth);
      mustHave(errorOf(answer), { code: 'UNAUTHENTICATED' }, 'the error');
      await isStill(chat, client, channelId, entityId);
    },
  ],
];

/** Who connects, and as whom one acts. */
export const IDENTITIES: readonly ChatRow[] = [...CONNECTING, ...ACTING];

/** Nobody acts as one of the agents, where there are some. */
export const AS_AGENT: readonly ChatRow[] = [
  [
    'AUTH-3',
    'nobody acts as an agent of the server',
    async (chat) => {
      const entityId = await agentIdOf(chat);
      const { channelId } = await chat.channel();
      const client = await chat.connect();
      for (const [event, payload] of acts(chat, client, channelId, entityId)) {
        const error = errorOf(await client.ask(event, payload));
        mustHave(error, { code: 'FORBIDDEN' }, `the error of ${event} as an agent`);
      }
    },
  ],
];
