import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { dataOf, errorOf, type Fields, toFields } from '../../wire/packet';
import type { ChatRow } from '../chat/chat-trial';
import { needsChange, scene } from './changes';

/** Events by which clients change a channel, with what each needs besides the channel. */
const CHANGES: readonly (readonly [event: string, fields: Fields])[] = [
  ['delete_message', { messageId: '00000000-0000-4000-8000-000000000000' }],
  ['clear_channel', {}],
  ['update_channel', { updates: { name: 'Changed' } }],
  ['delete_channel', {}],
];

/** What members are told by. */
const TOLD = ['messageDeleted', 'channelCleared', 'channelUpdated', 'channelDeleted'];

/** Updates that none can be. */
const NO_UPDATES = [
  undefined,
  null,
  'Support',
  [],
  { name: 7 },
  { name: 'n'.repeat(257) },
  { topic: 't'.repeat(4_097) },
];

/** Text of which many fit into an event and few into a channel; each character takes three bytes. */
const LARGE = '€'.repeat(30_000);
const MAX_LARGE = 20;

/** What changes leave, and whom they are told. */
export const MANAGEMENT: readonly ChatRow[] = [
  [
    'CHANGE-1',
    'a change is told its members first, then acknowledged with its position',
    async (chat) => {
      const { channelId, ada } = await scene(chat);
      const updates = { name: 'Support' };
      const answer = await needsChange(chat, ada, 'update_channel', { channelId, updates });
      const told = await ada.next('channelUpdated');
      const { epoch, seq } = told;
      mustHave(answer.data, { channelId, epoch, seq }, 'the answer to update_channel');
      const order = ada.timeline.filter((event) => /channelUpdated|update_channel/.test(event));
      mustEqual(order, ['channelUpdated', 'ack update_channel'], 'the order');
    },
  ],
  [
    'CHANGE-2',
    'a change that is not allowed changes nothing',
    async (chat) => {
      const { channelId, ada, ben, messageId, epoch } = await scene(chat);
      for (const [event, fields] of CHANGES) {
        const answer = await ada.ask(event, {
          ...fields,
          channelId,
          ...('messageId' in fields && { messageId }),
        });
        if (errorOf(answer).code !== 'FORBIDDEN') chat.trial.skip(`this client may send ${event}`);
      }
      await chat.catchUp(ben);
      mustEqual(
        ben.timeline.filter((event) => TOLD.includes(event)),
        [],
        'what members are told',
      );
      mustHave(
        (await ben.ask('join_channel', { channelId })).data,
        { epoch, seq: 1 },
        'the channel after it',
      );
    },
  ],
  [
    'CHANGE-4',
    'a channel that is not there cannot be changed',
    async (chat) => {
      const client = await chat.connect();
      for (const [event, fields] of CHANGES) {
        const answer = await needsChange(chat, client, event, { ...fields, channelId: chat.trial.newId() });
        mustHave(errorOf(answer), { code: 'CHANNEL_NOT_FOUND' }, `the error of ${event}`);
      }
    },
  ],
  [
    'CHANGE-6',
    'clearing leaves the channel, its properties, members, epoch and numbers',
    async (chat) => {
      const { channelId, ada, ben, epoch } = await scene(chat);
      await needsChange(chat, ada, 'update_channel', { channelId, updates: { name: 'Support' } });
      await needsChange(chat, ada, 'clear_channel', { channelId });
      const next = dataOf(await ada.ask('send_message', chat.hello(ada, channelId, { text: 'after' })));
      mustHave(next, { epoch, seq: 4 }, 'the place of the next message');
      await ben.next('messageBroadcast', ({ text }) => text === 'after');
      const { properties } = dataOf(await ben.ask('join_channel', { channelId }));
      mustHave(properties, { name: 'Support' }, 'the properties');
    },
  ],
  [
    'CHANGE-7',
    'updates that are none are refused, and change nothing',
    async (chat) => {
      const { channelId, ada, ben } = await scene(chat);
      await needsChange(chat, ada, 'update_channel', { channelId, updates: { name: 'Support' } });
      for (const updates of NO_UPDATES) {
        const { code } = errorOf(await ada.ask('update_channel', { channelId, updates }));
        mustEqual(code, 'INVALID_PAYLOAD', `the code for ${show(updates)}`);
      }
      await chat.catchUp(ben);
      mustEqual(ben.all('channelUpdated').length, 1, 'how often members are told of updates');
    },
  ],
  [
    'CHANGE-8',
    'where a client deletes a channel, its members hear nothing of what has its id next',
    async (chat) => {
      const { channelId, ada, ben } = await scene(chat);
      await needsChange(chat, ada, 'delete_channel', { channelId });
      await ben.next('channelDeleted');
      const later = await chat.member(channelId);
      await chat.say(later, channelId, { text: 'another life' });
      await chat.catchUp(ben);
      const texts = chat.heard(ben, 'messageBroadcast', channelId).map(({ text }) => text);
      must(!texts.includes('another life'), 'a member of the deleted channel is one of the new one');
    },
  ],
  [
    'MGMT-3',
    'where properties are updated, every member is told, the one that did it too',
    async (chat) => {
      const { channelId, ada, ben, epoch } = await scene(chat);
      const updates = { metadata: { a: [1, { b: null }] }, colour: 'red' };
      await needsChange(chat, ada, 'update_channel', { channelId, updates });
      for (const client of [ada, ben])
        mustHave(
          await client.next('channelUpdated'),
          { channelId, updates, epoch, seq: 2 },
          'channelUpdated',
        );
    },
    'Broadcast when channel properties are updated.',
  ],
  [
    'MGMT-5',
    'where a channel is deleted, every member is told, once',
    async (chat) => {
      const { channelId, ada, ben } = await scene(chat);
      await needsChange(chat, ada, 'delete_channel', { channelId });
      for (const client of [ada, ben]) {
        await client.next('channelDeleted', (told) => told.channelId === channelId);
        await client.ask('heartbeat');
        mustEqual(chat.heard(client, 'channelDeleted', channelId).length, 1, 'how often it is told');
      }
    },
    'Broadcast when a channel is deleted.',
  ],
  [
    'MGMT-7',
    'connections outside the channel are told of none of its changes',
    async (chat) => {
      const { channelId, ada, ben, messageId } = await scene(chat);
      const [left, stranger] = [await chat.member(channelId), await chat.connect()];
      await left.ask('leave_channel', { channelId });
      await needsChange(chat, ada, 'delete_message', { channelId, messageId });
      await needsChange(chat, ada, 'update_channel', { channelId, updates: { name: 'Support' } });
      await needsChange(chat, ada, 'clear_channel', { channelId });
      await needsChange(chat, ada, 'delete_channel', { channelId });
      await ben.next('channelDeleted');
      for (const client of [left, stranger]) {
        await chat.catchUp(client);
        mustEqual(
          client.timeline.filter((event) => TOLD.includes(event)),
          [],
          'what is told outside',
        );
      }
    },
  ],
  [
    'SEQ-1',
    'durable events have a number and an epoch, whoever causes them, and no others do',
    async (chat) => {
      const { channelId, ada, ben, messageId } = await scene(chat);
      await needsChange(chat, ada, 'update_channel', { channelId, updates: { name: 'Support' } });
      await needsChange(chat, ben, 'delete_message', { channelId, messageId });
      await needsChange(chat, ada, 'clear_channel', { channelId });
      await needsChange(chat, ben, 'delete_channel', { channelId });
      await ben.next('channelDeleted');
      const durable = ['messageBroadcast', ...TOLD];
      const numbered = ben.packets.filter(
        ({ args }) => 'seq' in toFields(args[0]) || 'epoch' in toFields(args[0]),
      );
      const names = [
        'messageBroadcast',
        'channelUpdated',
        'messageDeleted',
        'channelCleared',
        'channelDeleted',
      ];
      mustEqual(
        numbered.map(({ event }) => event),
        names,
        'the events that have a number',
      );
      const places = durable.flatMap((event) => ben.all(event)).map(({ seq }) => seq);
      mustEqual(places.toSorted(), [1, 2, 3, 4, 5], 'their numbers');
    },
  ],
  [
    'RESUME-11',
    'what changes properties comes with a join, or after it as channelUpdated',
    async (chat) => {
      const { channelId, ada } = await scene(chat);
      await needsChange(chat, ada, 'update_channel', {
        channelId,
        updates: { name: 'Support', topic: 'Help' },
      });
      const late = await chat.connect();
      const { properties } = dataOf(await late.ask('join_channel', { channelId }));
      mustHave(properties, { name: 'Support', topic: 'Help' }, 'the properties of the join');
      await needsChange(chat, ada, 'update_channel', { channelId, updates: { topic: 'More' } });
      mustEqual((await late.next('channelUpdated')).updates, { topic: 'More' }, 'the updates after it');
    },
  ],
  [
    'HIST-7',
    'the history has neither what was deleted nor what was cleared, and has what came after',
    async (chat) => {
      const { channelId, ada, messageId } = await scene(chat);
      const texts = async () => {
        const { messages } = dataOf(await ada.ask('list_messages', { channelId }));
        return (Array.isArray(messages) ? messages : []).map((message) => toFields(message).text);
      };
      await ada.ask('send_message', chat.hello(ada, channelId, { text: 'second' }));
      await needsChange(chat, ada, 'delete_message', { channelId, messageId });
      mustEqual(await texts(), ['second'], 'the history after a message was deleted');
      await needsChange(chat, ada, 'clear_channel', { channelId });
      await ada.ask('send_message', chat.hello(ada, channelId, { text: 'third' }));
      mustEqual(await texts(), ['third'], 'the history after the channel was cleared');
    },
  ],
  [
    'STORE-5',
    'a message that is sent again is known as such where it was deleted since',
    async (chat) => {
      const { channelId, ada, ben } = await scene(chat);
      const message = chat.hello(ada, channelId, { messageId: chat.trial.newId(), text: 'once' });
      const first = await ada.ask('send_message', message);
      await needsChange(chat, ada, 'delete_message', { channelId, messageId: dataOf(first).messageId });
      mustEqual(
        (await ada.ask('send_message', message)).data,
        first.data,
        'the answer to the message sent again',
      );
      await chat.catchUp(ben);
      const texts = chat.heard(ben, 'messageBroadcast', channelId).map(({ text }) => text);
      mustEqual(texts.filter((text) => text === 'once').length, 1, 'how often members hear it');
    },
  ],
  [
    'JOIN-18',
    'properties over their limit are refused, and those before them stay',
    async (chat) => {
      const { channelId, ada, ben } = await scene(chat);
      for (let index = 0; index < MAX_LARGE; index += 1) {
        const answer = await needsChange(chat, ada, 'update_channel', {
          channelId,
          updates: { [`p${index}`]: LARGE },
        });
        if (answer.ok === true) continue;
        mustHave(errorOf(answer), { code: 'PROPERTIES_TOO_LARGE', retryable: false }, 'the error');
        await chat.catchUp(ben);
        mustEqual(ben.all('channelUpdated').length, index, 'how often members are told of updates');
        const { properties } = dataOf(await ben.ask('join_channel', { channelId }));
        must(!(`p${index}` in toFields(properties)), 'what was refused is a property all the same');
        return;
      }
      chat.trial.skip(`${MAX_LARGE} large properties are not too large`);
    },
  ],
];
