import { WirepactError } from '@wirepact/contract/runtime';

const read = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** A property of what the server has answered; `undefined` where it is no string. */
export const readString = (value: unknown, name: string): string | undefined => {
  const text = read(value, name);
  return typeof text === 'string' ? text : undefined;
};

function toError(status: number, body: unknown): WirepactError {
  const error = read(body, 'error');
  const code = readString(error, 'code') ?? 'INTERNAL';
  return new WirepactError(code, readString(error, 'message') ?? `The server answered ${status}.`, {
    retryable: read(error, 'retryable') === true,
  });
}

/** Asks the server over HTTP; answers with what its JSON says, and `undefined` where it is none. @throws WirepactError */
export async function callApi(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(`/api${path}`, init).catch((cause: unknown) => {
    throw new WirepactError('CONNECTION_FAILED', 'The server could not be reached.', {
      retryable: true,
      cause,
    });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw toError(response.status, answer);
  return answer;
}
