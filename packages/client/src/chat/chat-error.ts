import { type EndReason, errorClass, type WirepactError } from '@wirepact/contract/runtime';
import type { ErrorCode } from '@wirepact/protocol';
import { CLIENT_ERRORS as RUNTIME_ERRORS } from '../runtime/base/client-errors';

/** The codes a request or a connection can fail with on this side of the wire, beside those of the contract. */
export const CLIENT_ERRORS = /* @__PURE__ */ Object.assign({}, RUNTIME_ERRORS, {
  VIEW_FULL: {
    description: 'The view of the channel keeps as many messages as it may.',
    retryable: false,
    action: 'Read older ones with `request("list_messages", …)`, or raise `view.maxMessages`.',
  },
} as const);

/** A code of {@link CLIENT_ERRORS}. */
export type ClientErrorCode = keyof typeof CLIENT_ERRORS;

/**
 * Every code that an error of a chat client may have: its own, the protocol's, why a server ends a connection, and why
 * it takes a client out of a channel. A newer server, a host's hooks and a contract of one's own may have others.
 */
export type ChatErrorCode = ClientErrorCode | ErrorCode | EndReason | 'REMOVED';

/** `WirepactError`, as a chat client gives it: with a code that its types know, so that a misspelt one does not compile. */
export type ChatError = WirepactError<ChatErrorCode>;

/** The class of {@link ChatError}; at run time `WirepactError` itself. */
export const ChatError = /* @__PURE__ */ errorClass<ChatErrorCode>();

/** An error whose code came from elsewhere: from the server, or from a storage. */
export const toChatError = (
  code: string,
  message: string,
  details: { retryable?: boolean } = {},
): ChatError =>
  // The types name the codes there are today; that a later server has more must not keep its errors from being told.
  new ChatError(code as ChatErrorCode, message, details);
