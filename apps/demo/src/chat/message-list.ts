import type { ChatProtocol, EventPayload, WirepactError } from '@wirepact/client';

/** A message as the protocol broadcasts it. */
export type SentMessage = EventPayload<ChatProtocol, 'messageBroadcast'>;

/** A message of this window's own that the server has not taken yet. */
export interface OutgoingMessage {
  /** The id it is sent with, however often: the server takes it once. */
  readonly clientMessageId: string;
  readonly text: string;
  /** When it was written, Unix time in milliseconds. */
  readonly createdAt: number;
  /** Why it was not taken; absent while it is on its way. */
  readonly error?: WirepactError | undefined;
}

/** The messages of one channel as one window sees them. */
export interface MessageList {
  /** In the server's order. */
  readonly sent: readonly SentMessage[];
  /** In the order they were written; shown after what is sent. */
  readonly outgoing: readonly OutgoingMessage[];
  /** Answers that are still to come. */
  readonly thinking: number;
  /** The history request under way, if any. */
  readonly loading: number | undefined;
  /** True until history was loaded once. */
  readonly isNew: boolean;
  /** Whether the server may have messages older than the first. */
  readonly hasOlder: boolean;
  /** What came and went since history was last asked for, which an answer on its way cannot know of. */
  readonly since: { readonly arrived: ReadonlySet<string>; readonly deleted: ReadonlySet<string> };
}

/** Everything that happens to a {@link MessageList}. */
export type MessageListAction =
  | { type: 'written'; clientMessageId: string; text: string; createdAt: number }
  | { type: 'retried'; clientMessageId: string }
  | { type: 'discarded'; clientMessageId: string }
  | { type: 'failed'; clientMessageId: string; error: WirepactError }
  | { type: 'acknowledged'; clientMessageId: string; message: SentMessage }
  | { type: 'received'; message: SentMessage }
  | { type: 'deleted'; messageId: string }
  | { type: 'cleared' }
  | { type: 'channelDeleted' }
  | { type: 'answered' }
  | { type: 'interrupted' }
  | { type: 'historyRequested'; request: number }
  | { type: 'historyLoaded'; request: number; messages: readonly SentMessage[]; hasOlder: boolean }
  | { type: 'historyFailed'; request: number }
  | { type: 'olderLoaded'; before: string; messages: readonly SentMessage[]; hasOlder: boolean };

/** Who reads and who answers: what an agent says calls for no answer. */
export const isAgentMessage = ({ source }: SentMessage) => source === 'agent_response';

const NOTHING_SINCE = { arrived: new Set<string>(), deleted: new Set<string>() };

/** Before anything is known. */
export const EMPTY_MESSAGE_LIST: MessageList = {
  sent: [],
  outgoing: [],
  thinking: 0,
  loading: undefined,
  isNew: true,
  hasOlder: false,
  since: NOTHING_SINCE,
};

/** Adds a message at its time; one that is there already is replaced where it is. */
function insert(sent: readonly SentMessage[], message: SentMessage): readonly SentMessage[] {
  if (sent.some(({ id }) => id === message.id)) {
    return sent.map((known) => (known.id === message.id ? { ...known, ...message } : known));
  }
  const after = sent.findLastIndex(({ createdAt }) => createdAt <= message.createdAt);
  return sent.toSpliced(after + 1, 0, message);
}

const withoutOutgoing = (list: MessageList, clientMessageId: string | undefined) =>
  list.outgoing.filter((message) => message.clientMessageId !== clientMessageId);

const withError = (list: MessageList, clientMessageId: string, error: WirepactError | undefined) =>
  list.outgoing.map((message) =>
    message.clientMessageId === clientMessageId ? { ...message, error } : message,
  );

function receive(list: MessageList, message: SentMessage): MessageList {
  if (list.since.deleted.has(message.id)) return list;
  return {
    ...list,
    sent: insert(list.sent, message),
    outgoing: withoutOutgoing(list, message.clientMessageId),
    since: { ...list.since, arrived: new Set([...list.since.arrived, message.id]) },
  };
}

/** History is all there was when it was read: what is not in it is gone, unless it came later. */
function mergeHistory(list: MessageList, history: readonly SentMessage[]): readonly SentMessage[] {
  const { arrived, deleted } = list.since;
  const later = list.sent.filter(({ id }) => arrived.has(id));
  return later.reduce(
    insert,
    history.filter(({ id }) => !deleted.has(id)),
  );
}

/** A channel's messages after `action`. Pure. */
export function reduceMessageList(list: MessageList, action: MessageListAction): MessageList {
  switch (action.type) {
    case 'written': {
      const { clientMessageId, text, createdAt } = action;
      return { ...list, outgoing: [...list.outgoing, { clientMessageId, text, createdAt }] };
    }
    case 'retried':
      return { ...list, outgoing: withError(list, action.clientMessageId, undefined) };
    case 'discarded':
      return { ...list, outgoing: withoutOutgoing(list, action.clientMessageId) };
    case 'failed':
      return { ...list, outgoing: withError(list, action.clientMessageId, action.error) };
    case 'acknowledged': {
      const isWaiting = list.outgoing.some((message) => message.clientMessageId === action.clientMessageId);
      const outgoing = withoutOutgoing(list, action.clientMessageId);
      return isWaiting ? receive({ ...list, outgoing }, action.message) : list;
    }
    case 'received': {
      const isKnown = list.sent.some(({ id }) => id === action.message.id);
      const asks = !isKnown && !isAgentMessage(action.message);
      return receive({ ...list, thinking: list.thinking + (asks ? 1 : 0) }, action.message);
    }
    case 'deleted':
      return {
        ...list,
        sent: list.sent.filter(({ id }) => id !== action.messageId),
        since: { ...list.since, deleted: new Set([...list.since.deleted, action.messageId]) },
      };
    case 'cleared':
      // Whatever history is on its way was read before.
      return { ...list, sent: [], loading: undefined, isNew: false, hasOlder: false, since: NOTHING_SINCE };
    case 'channelDeleted':
      return EMPTY_MESSAGE_LIST;
    case 'answered':
      return { ...list, thinking: Math.max(0, list.thinking - 1) };
    case 'interrupted':
      return { ...list, thinking: 0 };
    case 'historyRequested':
      return { ...list, loading: action.request, since: NOTHING_SINCE };
    case 'historyLoaded': {
      if (list.loading !== action.request) return list;
      const { hasOlder, messages } = action;
      return { ...list, sent: mergeHistory(list, messages), hasOlder, loading: undefined, isNew: false };
    }
    case 'historyFailed':
      return list.loading === action.request ? { ...list, loading: undefined, isNew: false } : list;
    case 'olderLoaded': {
      if (list.sent[0]?.id !== action.before) return list;
      return { ...list, sent: [...action.messages, ...list.sent], hasOlder: action.hasOlder };
    }
  }
}
