import type { NewStoredMessage } from '../ports/store';

/** A message to store, in a channel of this name; its id and its time follow its number. */
export const createMessage = (
  channelId: string,
  number: number,
  fields: Partial<NewStoredMessage> = {},
): NewStoredMessage => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  channelId,
  serverId: 's',
  senderId: 'ada',
  senderName: 'Ada',
  source: 'test',
  text: `${number}`,
  createdAt: number,
  ...fields,
});
