import { must, mustEqual, mustHave } from '../../check/expectations';
import { dataOf, errorOf, type Fields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ChatRow, ChatTrial } from '../chat/chat-trial';

/** A channel with one message, and two members. */
export async function scene(chat: ChatTrial) {
  const { channelId, ada, ben } = await chat.pair();
  const { messageId, epoch } = dataOf(await ada.ask('send_message', chat.hello(ada, channelId)));
  return { channelId, ada, ben, messageId, epoch };
}

/** Asks for a change; skips the check where this client may not. */
export async function needsChange({ trial }: ChatTrial, client: WireClient, event: string, payload: Fields) {
  const answer = await client.ask(event, payload);
  if (errorOf(answer).code === 'FORBIDDEN') trial.skip(`this client may not send ${event}`);
  return answer;
}

/** Changes that clients make, and what members hear of them. */
export const CHANGES: readonly ChatRow[] = [
  [
    'MGMT-1',
    'where a message is deleted, members are told, and the history has it no more',
    async (chat) => {
      const { channelId, ada, ben, messageId, epoch } = await scene(chat);
      const answer = await needsChange(chat, ada, 'delete_message', { channelId, messageId });
      mustHave(answer.data, { epoch, seq: 2 }, 'the answer to delete_message');
      mustHave(await ben.next('messageDeleted'), { channelId, messageId, epoch, seq: 2 }, 'messageDeleted');
      mustEqual(dataOf(await ben.ask('list_messages', { channelId })).messages, [], 'the history');
    },
    'Broadcast when a message is deleted from a channel.',
  ],
  [
    'MGMT-2',
    'where a channel is cleared, members are told, and its messages are gone',
    async (chat) => {
      const { channelId, ada, ben, epoch } = await scene(chat);
      await needsChange(chat, ada, 'clear_channel', { channelId });
      mustHave(await ben.next('channelCleared'), { channelId, epoch, seq: 2 }, 'channelCleared');
      mustEqual(dataOf(await ben.ask('list_messages', { channelId })).messages, [], 'the history');
    },
    'Broadcast when all messages in a channel are cleared.',
  ],
  [
    'MGMT-4',
    'where properties are updated, members are told those that were, and a join has them all',
    async (chat) => {
      const { channelId, ada, ben } = await scene(chat);
      await needsChange(chat, ada, 'update_channel', {
        channelId,
        updates: { name: 'Support', topic: 'Help' },
      });
      await needsChange(chat, ada, 'update_channel', { channelId, updates: { topic: 'More help' } });
      mustEqual(
        (await ben.next('channelUpdated')).updates,
        { name: 'Support', topic: 'Help' },
        'the first updates',
      );
      mustEqual((await ben.next('channelUpdated')).updates, { topic: 'More help' }, 'the second updates');
      const { properties } = dataOf(await ben.ask('join_channel', { channelId }));
      mustHave(properties, { name: 'Support', topic: 'More help' }, 'properties of the join');
    },
    'updates: {                   // Updated properties',
  ],
  [
    'MGMT-6',
    'a channel that is deleted is gone; joined again, it is another life of it',
    async (chat) => {
      const { channelId, ada, ben, epoch } = await scene(chat);
      await needsChange(chat, ada, 'delete_channel', { channelId });
      mustHave(await ben.next('channelDeleted'), { channelId }, 'channelDeleted');
      const sent = await ben.ask('send_message', chat.hello(ben, channelId));
      mustHave(errorOf(sent), { code: 'CHANNEL_NOT_FOUND' }, 'the error of a message to it');
      const joined = dataOf(await ben.ask('join_channel', { channelId }));
      mustEqual(joined.seq, 0, 'seq of the new channel');
      must(joined.epoch !== epoch, 'the new channel has the epoch of the old one');
    },
    'Broadcast when a channel is deleted.',
  ],
  [
    'RESUME-5',
    'a message that was deleted since is not sent again, but its deletion is',
    async (chat) => {
      const { channelId, ada, messageId, epoch } = await scene(chat);
      await needsChange(chat, ada, 'delete_message', { channelId, messageId });
      const late = await chat.connect();
      await late.ask('join_channel', { channelId, resume: { epoch, seq: 0 } });
      mustEqual(late.all('messageBroadcast').length, 0, 'how many messages are sent again');
      mustEqual(late.all('messageDeleted').length, 1, 'how many deletions are');
    },
  ],
  [
    'CHANGE-3',
    'who changes a channel need not be a member, and does not hear of it then',
    async (chat) => {
      const { channelId, ben } = await scene(chat);
      const outsider = await chat.connect();
      await needsChange(chat, outsider, 'update_channel', { channelId, updates: { name: 'Support' } });
      await ben.next('channelUpdated');
      mustEqual(outsider.all('channelUpdated').length, 0, 'how often it hears of it');
    },
  ],
  [
    'CHANGE-5',
    'a message that is not there cannot be deleted',
    async (chat) => {
      const { channelId, ada } = await scene(chat);
      const answer = await needsChange(chat, ada, 'delete_message', {
        channelId,
        messageId: chat.trial.newId(),
      });
      mustHave(errorOf(answer), { code: 'MESSAGE_NOT_FOUND' }, 'the error');
    },
  ],
];
