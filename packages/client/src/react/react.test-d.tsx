import { defineEvent, extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import * as Type from 'typebox';
import type { board } from '../../test/board-fixture';
import { board as contract } from '../../test/board-fixture';
import type { Channel, ChatClient, ContractClient, OutboxWait, RoomChannel, ViewMessage } from '../index';
import {
  ChatProvider,
  createContractHooks,
  useChannel,
  type useChatClient,
  useConnection,
  useLogs,
  useMessages,
  useSendMessage,
} from './index';

type Equal<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
const is = <_ extends true>() => undefined;

declare const chat: ChatClient;

/** Never called: the compiler is the test. */
export function Chat({ id }: { id: string }) {
  const { channel, state, error, join } = useChannel(id, { agentId: id, history: 20 });
  is<Equal<typeof channel, Channel | undefined>>();
  is<
    Equal<
      typeof state,
      'joining' | 'joined' | 'rejoining' | 'failed' | 'removed' | 'deleted' | 'left' | 'closed'
    >
  >();
  const isForbidden = error?.code === 'FORBIDDEN';
  // @ts-expect-error no such code
  const isMisspelt = error?.code === 'FORBIDEN';
  // @ts-expect-error a hook waits as long as it takes
  useChannel(id, { timeoutMs: 5 });

  const { messages, outgoing, waiting, hasOlder, isLoading, loadOlder } = useMessages(id);
  is<Equal<typeof messages, readonly ViewMessage[]>>();
  is<Equal<typeof outgoing, readonly ViewMessage[]>>();
  is<Equal<typeof waiting, OutboxWait | undefined>>();
  is<Equal<typeof hasOlder | typeof isLoading, boolean>>();
  useMessages(channel);
  // @ts-expect-error a channel, or its id
  useMessages(7);

  const { send, isSending } = useSendMessage(id);
  const submit = async () => {
    const result = await send('Hello!', { metadata: { anything: 1 } });
    if (result.ok) return result.data.messageId;
    return result.error.code === 'OUTBOX_FULL' ? 'later' : result.error.message;
  };
  // @ts-expect-error there is none before the channel is joined: give the id
  useSendMessage(undefined);

  const { status } = useConnection();
  const { entries } = useLogs({ level: 'warn' });
  // @ts-expect-error no such level
  useLogs({ level: 'loud' });
  is<Equal<ReturnType<typeof useChatClient>, ChatClient>>();
  return (
    <ChatProvider client={chat}>
      <button
        type="button"
        onClick={isSending ? join : loadOlder}
        onFocus={submit}
        disabled={isForbidden || isMisspelt}
      >
        {status} {entries.length}
      </button>
    </ChatProvider>
  );
}

const extended = extendContract(protocol, {
  name: 'polls',
  version: '1.0.0',
  clientToServer: {
    vote: defineEvent({ description: 'Votes.', payload: Type.Object({ choice: Type.Integer() }) }),
  },
  serverToClient: {},
});

declare const extendedChat: ChatClient<typeof extended>;

/** Never called: a client of an extended contract does for the chat. */
export const Extended = () => <ChatProvider client={extendedChat} />;

/** Never called: what a provider takes. */
export const Providers = () => [
  <ChatProvider key="1" url="https://example.org" options={{ entityId: 'user-123' }} />,
  // @ts-expect-error a server, or a client
  <ChatProvider key="2" />,
  // @ts-expect-error no such option
  <ChatProvider key="3" url="https://example.org" options={{ entityID: 'user-123' }} />,
];

const hooks = createContractHooks(contract);

/** Never called: the hooks of a contract know its events, rooms and errors. */
export function Board() {
  is<Equal<ReturnType<typeof hooks.useClient>, ContractClient<typeof board>>>();
  hooks.useEvent('cardMoved', (moved) => is<Equal<typeof moved, { card: string; column: string }>>());
  // @ts-expect-error no such event
  hooks.useEvent('cardMovd', () => {});

  const { request, data, error } = hooks.useRequest('move_card');
  is<Equal<typeof data, { position: number } | undefined>>();
  if (error?.code === 'CARD_LOCKED') is<Equal<typeof error.data, { by: string }>>();
  const move = async () => {
    const result = await request({ card: 'a', column: 'b' }, { timeoutMs: 5 });
    if (result.ok) is<Equal<typeof result.data, { position: number }>>();
    // @ts-expect-error the payload is another one
    await request({ card: 1, column: 'b' });
  };
  // @ts-expect-error it answers with a stream
  hooks.useRequest('list_cards');

  const { channel } = hooks.useChannel('board', 'b1');
  is<Equal<typeof channel, RoomChannel<typeof board, 'board'> | undefined>>();
  // @ts-expect-error there are no such rooms
  hooks.useChannel('desk', 'b1');

  const count = hooks.useChannelState('board', 'b1', {
    reduce: (sum: number, { event }) => (event === 'cardPlaced' ? sum + 1 : sum),
    initial: 0,
  });
  is<Equal<typeof count, number>>();
  const listed = hooks.useChannelState('board', 'b1', {
    reduce: (all: string[], { payload }) => [...all, payload.card],
    load: async () => ({ state: [] }),
  });
  is<Equal<typeof listed, string[] | undefined>>();
  return (
    <button type="button" onClick={move}>
      {count}
    </button>
  );
}
