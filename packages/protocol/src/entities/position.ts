import * as Type from 'typebox';

/** The number of a durable event in its channel. */
export const seq = (description: string) =>
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description });

/** Names one life of a channel: another epoch has other numbers. */
export const epoch = (description: string) => Type.String({ minLength: 1, maxLength: 64, description });

/** Where a durable event stands in its channel, as events carry it since 1.1. */
export const journalPosition = {
  seq: Type.Optional(seq('Since 1.1: 1, 2, 3 … in the channel, without gaps.')),
  epoch: Type.Optional(epoch('Since 1.1: the channel’s epoch; in another one numbers start anew.')),
};

/** Where somebody stands in a channel: the last durable event known. */
export const position = Type.Object(
  {
    epoch: epoch('Epoch of the channel.'),
    seq: seq('Number of the last event known; 0 for none.'),
  },
  { title: 'Position', description: 'Where somebody stands in a channel: the last durable event known.' },
);
