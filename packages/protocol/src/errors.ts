import { type ErrorRegistry, PIPELINE_ERRORS } from '@wirepact/contract';

/** Every error code this protocol puts on the wire. */
export const errors = {
  ...PIPELINE_ERRORS,
  CHANNEL_NOT_FOUND: {
    description: 'There is no channel with this id.',
    retryable: false,
    action: 'Join the channel first, or check its id; a deleted channel is gone.',
  },
  AGENT_NOT_FOUND: {
    description: 'The server has no agent with this id.',
    retryable: false,
    action: 'Name one of the server’s agents, or leave `agentId` out.',
  },
  MESSAGE_NOT_FOUND: {
    description: 'The channel has no message with this id.',
    retryable: false,
    action: 'Check the id; the message may have been deleted already.',
  },
  CHANNEL_LIMIT_REACHED: {
    description: 'The server keeps as many channels as it may.',
    retryable: true,
    action: 'Delete channels that are no longer used, or raise `maxChannels` or the limit of the store.',
  },
  TOO_MANY_CHANNELS: {
    description: 'This connection is in as many channels as it may be.',
    retryable: false,
    action: 'Leave channels that are no longer needed, or raise `maxChannelsPerConnection`.',
  },
  PROPERTIES_TOO_LARGE: {
    description: 'The properties of the channel would take more space than they may.',
    retryable: false,
    action: 'Store less with the channel, or raise `maxPropertiesBytes`.',
  },
  STORE_UNAVAILABLE: {
    description: 'The server cannot read or write its store now; nothing was stored.',
    retryable: true,
    action: 'Try again later, with the same `messageId` where a message was sent.',
  },
  AGENT_FAILED: {
    description: 'An agent was asked to answer and could not.',
    retryable: true,
    action: 'Send the message again; if it stays, the server’s log says why.',
  },
  AGENT_TIMEOUT: {
    description: 'An agent took longer for its answer than the server lets it.',
    retryable: true,
    action: 'Send the message again, or raise `agentTimeoutMs`.',
  },
  AGENT_LOST: {
    description: 'The server process in which an agent was answering is gone.',
    retryable: true,
    action: 'Send the message again.',
  },
  RESPONSE_CANCELLED: {
    description: 'A member of the channel stopped the answer.',
    retryable: false,
    action: 'Nothing: what was said until then is kept.',
  },
} as const satisfies ErrorRegistry;
