/** Objects that take turns, so that nothing is answered from what was seen a moment before. */
const COUNT = 16;

const uuid = (number: number) => `123e4567-e89b-42d3-a456-${String(426614174000 + number)}`;

const message = (number: number) => ({
  channelId: uuid(number),
  serverId: '00000000-0000-0000-0000-000000000000',
  text: `Could you have a look at the two screenshots? The third row, number ${number}, is the odd one.`,
  entityId: `user-${number}`,
  entityName: 'Ada Lovelace',
  messageId: `client-message-${number}`,
  inReplyToMessageId: uuid(number + 1),
  attachments: [
    { url: `https://files.example.org/${number}/before.png`, type: 'image/png' },
    { url: `https://files.example.org/${number}/after.png`, type: 'image/png' },
  ],
  metadata: { channelType: 'GROUP', isDm: false, thread: number, tags: ['support', 'screens'] },
});

/** As from the wire: objects that JSON made. */
const received = (payload: object): unknown => JSON.parse(JSON.stringify(payload));

/** Messages as clients send them. */
export const VALID: readonly unknown[] = Array.from({ length: COUNT }, (_, index) =>
  received(message(index)),
);

/** Messages with two mistakes, late in them: a number for an id, and an attachment without its type. */
export const INVALID: readonly unknown[] = Array.from({ length: COUNT }, (_, index) => {
  const { attachments, ...rest } = message(index);
  const untyped = { url: `https://files.example.org/${index}/more.png` };
  return received({ ...rest, inReplyToMessageId: index, attachments: [...attachments, untyped] });
});
