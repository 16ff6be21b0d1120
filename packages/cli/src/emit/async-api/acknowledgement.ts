import type { Draft07Schema } from './draft-07';

const ERROR_DATA = {
  data: { description: 'What the code tells besides, as `x-errors` has it for the code.' },
};

/** Why a request failed, as it travels in an acknowledgement; `hasData` where some code tells more than itself. */
export const toFailureSchema = (hasData: boolean): Draft07Schema => ({
  description: 'An acknowledgement that tells why there is no reply.',
  type: 'object',
  required: ['ok', 'error'],
  properties: {
    ok: { const: false },
    error: {
      type: 'object',
      required: ['code', 'message', 'retryable'],
      properties: {
        code: { type: 'string', description: 'One of the codes in `x-errors`.' },
        message: { type: 'string', description: 'What was wrong and what to do, for a developer to read.' },
        retryable: {
          type: 'boolean',
          description: 'True where the same request may succeed later without being changed.',
        },
        issues: {
          type: 'array',
          description: 'What is wrong with the payload, where the payload is at fault.',
          items: {
            type: 'object',
            required: ['path', 'message', 'keyword'],
            properties: {
              path: { type: 'string', description: 'JSON Pointer to the value at fault.' },
              message: { type: 'string' },
              keyword: { type: 'string', description: 'The JSON Schema keyword that failed, or the bound.' },
            },
          },
        },
        retryAfterMs: { type: 'number', description: 'Milliseconds to wait before a retry can succeed.' },
        ...(hasData && ERROR_DATA),
      },
    },
  },
});

/** An acknowledgement whose data is as `reply`, or that fails as the schema at `failureReference` says. */
export const toAcknowledgement = (reply: Draft07Schema, failureReference: string): Draft07Schema => ({
  oneOf: [
    {
      type: 'object',
      required: ['ok', 'data'],
      properties: { ok: { const: true }, data: reply },
    },
    { $ref: failureReference },
  ],
});
