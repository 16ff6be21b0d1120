import { protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { Message } from '../ports/store';
import { toBroadcast } from './channel-entry';

const { serverToClient } = protocol;

const REASON = 'it breaks the contract, as something other than this server may have written it';

/**
 * The messages that clients can be told of. One that breaks the contract would take the whole page with it: it is left
 * out, and logged.
 */
export function withoutBroken(messages: readonly Message[], logger: Logger): readonly Message[] {
  const isRight = (message: Message) => serverToClient.messageBroadcast.payload.check(toBroadcast(message));
  if (messages.every(isRight)) return messages;
  return messages.filter((message) => {
    if (isRight(message)) return true;
    const { channelId, id: messageId } = message;
    logger.error({ channelId, messageId }, `a stored message is left out of history: ${REASON}`);
    return false;
  });
}
