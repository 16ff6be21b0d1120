import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { dataOf, errorOf, type Fields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ChatRow, ChatTrial } from '../chat/chat-trial';

/** A channel that the first client is in, and the second may not be in; skips the check where none is known. */
async function privateChannel(chat: ChatTrial) {
  const { privateRoom: channelId } = chat.trial.target;
  if (channelId === undefined)
    return chat.trial.skip('no private channel is known: privateRoom, or --private-room');
  const [ada, ben] = await chat.two();
  const joined = await ada.ask('join_channel', { channelId, entityId: chat.entityOf(ada) });
  if (joined.ok !== true)
    chat.trial.skip(`who is to be in the private channel may not join it: ${show(errorOf(joined).code)}`);
  return { channelId, ada, ben, epoch: dataOf(joined).epoch };
}

/** Asks for something. @throws Violation Where that is not FORBIDDEN. */
async function mustForbid(client: WireClient, event: string, payload: Fields): Promise<void> {
  const answer = await client.ask(event, payload);
  mustHave(errorOf(answer), { code: 'FORBIDDEN', retryable: false }, `the error of ${event}`);
}

/** What is heard of a channel. */
const HEARD = [
  'messageBroadcast',
  'messageStreamChunk',
  'messageComplete',
  'channelUpdated',
  'presence_changed',
];

/** A channel that one entity may be in, and another may not. */
export const PRIVATE_CHANNEL: readonly ChatRow[] = [
  [
    'AUTH-5',
    'who may not be in a channel may neither join nor read nor write',
    async (chat) => {
      const { channelId, ada, ben, epoch } = await privateChannel(chat);
      const text = `conformance ${chat.trial.newId()}`;
      await mustForbid(ben, 'join_channel', { channelId });
      await mustForbid(ben, 'join_channel', { channelId, resume: { epoch, seq: 0 } });
      await mustForbid(ben, 'list_messages', { channelId });
      await mustForbid(ben, 'send_message', chat.hello(ben, channelId, { text }));
      const { messages } = dataOf(await ada.ask('list_messages', { channelId }));
      must(!JSON.stringify(messages).includes(text), 'a message that was refused is in the history');
    },
    'Insufficient permissions',
  ],
  [
    'ERR-8',
    'what the sender has no permission for is told by messageError as well, to it alone',
    async (chat) => {
      const { channelId, ada, ben } = await privateChannel(chat);
      await mustForbid(ben, 'join_channel', { channelId });
      mustHave(await ben.next('messageError'), { code: 'FORBIDDEN', event: 'join_channel' }, 'messageError');
      await chat.catchUp(ada);
      mustEqual(ada.all('messageError').length, 0, 'how often messageError comes to a member');
    },
    'Insufficient permissions',
  ],
  [
    'CAST-2',
    'who was refused hears nothing of what happens in the channel',
    async (chat) => {
      const { channelId, ada, ben } = await privateChannel(chat);
      await ben.ask('join_channel', { channelId });
      await ben.ask('watch_presence', { channelId, watching: true });
      await chat.say(ada, channelId, { text: 'for members' });
      await chat.catchUp(ben);
      const heard = HEARD.filter((event) => chat.heard(ben, event, channelId).length > 0);
      mustEqual(heard, [], 'the events that come all the same');
    },
  ],
  [
    'PRES-2',
    'who may not be in a channel may neither see who is there nor say what it does there',
    async (chat) => {
      const { channelId, ben } = await privateChannel(chat);
      await mustForbid(ben, 'watch_presence', { channelId, watching: true });
      await mustForbid(ben, 'update_presence', { channelId, state: { typing: true } });
    },
  ],
  [
    'AUTH-11',
    'no other spelling of a channel, and no other field, gives permission',
    async (chat) => {
      const { channelId, ben } = await privateChannel(chat);
      const open = chat.trial.newId();
      await mustForbid(ben, 'join_channel', { roomId: channelId });
      await mustForbid(ben, 'join_channel', { channelId, roomId: open });
      await mustForbid(ben, 'join_channel', { channelId: channelId.toUpperCase() });
      await mustForbid(ben, 'list_messages', { channelId: channelId.toUpperCase() });
      await mustForbid(ben, 'list_messages', { channelId, roomId: open });
      await mustForbid(ben, 'send_message', chat.hello(ben, channelId, { roomId: open }));
    },
  ],
  [
    'AUTH-11',
    'no other field takes permission, or leads elsewhere',
    async (chat) => {
      const { channelId, ada, ben } = await privateChannel(chat);
      const open = chat.trial.newId();
      const joined = await ben.ask('join_channel', { channelId: open, roomId: channelId });
      if (errorOf(joined).code === 'FORBIDDEN')
        chat.trial.skip('somebody else may not join channels that are new');
      must(joined.ok === true, `a join of another channel is answered with ${show(joined)}`);
      const sent = await ben.ask(
        'send_message',
        chat.hello(ben, open, { roomId: channelId, text: 'elsewhere' }),
      );
      must(sent.ok === true, `a message to another channel is answered with ${show(sent)}`);
      await chat.catchUp(ada);
      const texts = chat.heard(ada, 'messageBroadcast', channelId).map(({ text }) => text);
      must(!texts.includes('elsewhere'), 'a message went where only its roomId leads');
    },
  ],
  [
    'TURN-4',
    'who may not be in a channel stops no answer there',
    async (chat) => {
      const { channelId, ben } = await privateChannel(chat);
      await mustForbid(ben, 'cancel_response', { channelId, messageId: chat.trial.newId() });
    },
  ],
];
