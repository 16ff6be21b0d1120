import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { errorClass, WirepactError } from './error';

test('[H10] an error is printed under its own name', () => {
  const error = new WirepactError('FORBIDDEN', 'Not yours.');
  expect(error.stack).toMatch(/^WirepactError: Not yours\./);
  expect(inspect(error)).toMatch(/^WirepactError: Not yours\./);
  expect(String(error)).toBe('WirepactError: Not yours.');
  expect(WirepactError.name).toBe('WirepactError');
  expect(error.name).toBe('WirepactError');
});

test('an error goes over the wire without its cause', () => {
  const error = new WirepactError('FORBIDDEN', 'No.', {
    retryable: true,
    retryAfterMs: 5,
    cause: new Error('secret'),
  });
  const wire = JSON.parse(JSON.stringify(error.toWire()));
  expect(wire).toEqual({ code: 'FORBIDDEN', message: 'No.', retryable: true, retryAfterMs: 5 });
});

test('the class that knows the codes of a contract is the same one', () => {
  const ChatError = errorClass<'RATE_LIMITED'>();
  expect(new WirepactError('RATE_LIMITED', 'Wait.')).toBeInstanceOf(ChatError);
  expect(new ChatError('RATE_LIMITED', 'Wait.')).toBeInstanceOf(WirepactError);
  expect(new Error('Wait.')).not.toBeInstanceOf(ChatError);
});
