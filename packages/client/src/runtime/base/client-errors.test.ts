import { expect, test } from 'vitest';
import { CLIENT_ERRORS, type ClientErrorCode, createClientError } from './client-errors';

const codes = Object.keys(CLIENT_ERRORS) as ClientErrorCode[];

test.each(codes)('an error %s is as retryable as its description says', (code) => {
  expect(createClientError(code, 'x').retryable).toBe(CLIENT_ERRORS[code].retryable);
});
