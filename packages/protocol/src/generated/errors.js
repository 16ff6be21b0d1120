// wirepact-chat 1.2.0, built by Wirepact. Do not edit: change the contract and build it again.
export const errors = {
  "INVALID_PAYLOAD": {
    "description": "The payload does not match the schema of the event.",
    "retryable": false,
    "action": "Fix what `issues` lists: each has the path of the value and what is wrong with it."
  },
  "INVALID_UUID": {
    "description": "The payload is right but for identifiers that are not UUIDs.",
    "retryable": false,
    "action": "Send UUIDs (8-4-4-4-12 hexadecimal digits) in the fields that `issues` lists."
  },
  "PAYLOAD_TOO_LARGE": {
    "description": "The payload is larger, deeper or wider than the event allows.",
    "retryable": false,
    "action": "Send less, or split it; the message names the bound."
  },
  "UNKNOWN_EVENT": {
    "description": "The contract has no client-to-server event of this name.",
    "retryable": false,
    "action": "Check the spelling, and that both sides use versions of the contract that have the event."
  },
  "INTERNAL": {
    "description": "The server failed in a way that is not the sender’s fault; its log has the details.",
    "retryable": true,
    "action": "Try again; if it stays, tell whoever runs the server."
  },
  "RATE_LIMITED": {
    "description": "This address has sent more events than it may in the current window.",
    "retryable": true,
    "action": "Wait `retryAfterMs` milliseconds and send again."
  },
  "OVERLOADED": {
    "description": "More requests wait already than the server takes.",
    "retryable": true,
    "action": "Wait for answers before sending more, and try again."
  },
  "VERSION_UNSUPPORTED": {
    "description": "The client asks for a version of the contract that the server does not speak.",
    "retryable": false,
    "action": "Update whichever side is behind; the message names the version there is and the one asked for."
  },
  "UNAUTHENTICATED": {
    "description": "The server needs to know who is connecting, and the credentials did not say.",
    "retryable": false,
    "action": "Connect again with valid credentials."
  },
  "FORBIDDEN": {
    "description": "Whoever is connected may not do this.",
    "retryable": false,
    "action": "Ask for the permission, or act as yourself: the sender is whoever is signed in."
  },
  "UNAVAILABLE": {
    "description": "The server is closing, or something it depends on did not answer in time.",
    "retryable": true,
    "action": "Try again later, on a new connection where this one has ended."
  },
  "CHANNEL_NOT_FOUND": {
    "description": "There is no channel with this id.",
    "retryable": false,
    "action": "Join the channel first, or check its id; a deleted channel is gone."
  },
  "AGENT_NOT_FOUND": {
    "description": "The server has no agent with this id.",
    "retryable": false,
    "action": "Name one of the server’s agents, or leave `agentId` out."
  },
  "MESSAGE_NOT_FOUND": {
    "description": "The channel has no message with this id.",
    "retryable": false,
    "action": "Check the id; the message may have been deleted already."
  },
  "CHANNEL_LIMIT_REACHED": {
    "description": "The server keeps as many channels as it may.",
    "retryable": true,
    "action": "Delete channels that are no longer used, or raise `maxChannels` or the limit of the store."
  },
  "TOO_MANY_CHANNELS": {
    "description": "This connection is in as many channels as it may be.",
    "retryable": false,
    "action": "Leave channels that are no longer needed, or raise `maxChannelsPerConnection`."
  },
  "PROPERTIES_TOO_LARGE": {
    "description": "The properties of the channel would take more space than they may.",
    "retryable": false,
    "action": "Store less with the channel, or raise `maxPropertiesBytes`."
  },
  "STORE_UNAVAILABLE": {
    "description": "The server cannot read or write its store now; nothing was stored.",
    "retryable": true,
    "action": "Try again later, with the same `messageId` where a message was sent."
  },
  "AGENT_FAILED": {
    "description": "An agent was asked to answer and could not.",
    "retryable": true,
    "action": "Send the message again; if it stays, the server’s log says why."
  },
  "AGENT_TIMEOUT": {
    "description": "An agent took longer for its answer than the server lets it.",
    "retryable": true,
    "action": "Send the message again, or raise `agentTimeoutMs`."
  },
  "AGENT_LOST": {
    "description": "The server process in which an agent was answering is gone.",
    "retryable": true,
    "action": "Send the message again."
  },
  "RESPONSE_CANCELLED": {
    "description": "A member of the channel stopped the answer.",
    "retryable": false,
    "action": "Nothing: what was said until then is kept."
  }
};
