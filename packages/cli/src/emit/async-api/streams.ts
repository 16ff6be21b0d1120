import { SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Draft07Schema } from './draft-07';

const NAME: Draft07Schema = { type: 'string', description: 'The stream, as its acknowledgement named it.' };

/** The data of the acknowledgement of an event that answers with a stream. */
export const STREAM_SCHEMA: Draft07Schema = {
  type: 'object',
  required: ['stream'],
  properties: { stream: NAME },
};

/** The message that brings items of the stream that `name` answers with. */
export const toItemsMessage = (name: string, item: Draft07Schema) => ({
  name: SESSION_NAMES.streamItems,
  title: `Items of ${name}`,
  summary: `Some of what \`${name}\` answers with, in its order.`,
  payload: {
    type: 'object',
    required: ['stream', 'items'],
    properties: { stream: NAME, items: { type: 'array', items: item } },
  },
});

/** The message that ends a stream; `failure` is the reference to the schema of failures. */
export const toEndMessage = (failure: string) => ({
  name: SESSION_NAMES.streamEnd,
  title: 'End of a stream',
  summary: 'There are no more items: all were sent, or what is in `error` has happened.',
  payload: {
    type: 'object',
    required: ['stream'],
    properties: { stream: NAME, error: { $ref: `${failure}/properties/error` } },
  },
});
