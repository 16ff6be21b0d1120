/** What a page may carry: Socket.IO's client alone, with the protocol's checks beside it, or our client. */
export const PAGES = {
  plain: `export { io } from 'socket.io-client'`,
  checked: `export { io } from 'socket.io-client'; export { protocol } from '@wirepact/protocol'`,
  sdk: `export { createChatClient } from '@wirepact/client'`,
} as const;

/** A page, or how much of it: what it loads at once, or all with the lister of issues. */
export type PageSubject = 'plainPage' | 'checkedInitial' | 'checkedWhole' | 'sdkInitial' | 'sdkWhole';
