/** The agent of the protocol's own examples. */
export const ELIZA_ID = '987fcdeb-51a2-43f1-b012-123456789abc';

/** The channel everybody starts in; it has the id of the protocol's own examples. */
export const LOBBY = {
  id: '123e4567-e89b-12d3-a456-426614174000',
  properties: { name: 'Lobby', topic: 'Say hello. Eliza reads along and answers.' },
};
