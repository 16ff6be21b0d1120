import { CLIENT_ERRORS } from '@wirepact/client';
import { WirepactError } from '@wirepact/contract/runtime';

/** A channel as the server describes it. */
export interface ChannelInfo {
  readonly id: string;
  readonly name?: string | undefined;
  readonly topic?: string | undefined;
}

const read = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const readString = (value: unknown, name: string) => {
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

async function call(method: string, path: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const init = body ? { method, headers, body: JSON.stringify(body) } : { method };
  const response = await fetch(`/api/channels${path}`, init).catch((cause: unknown) => {
    const { description, retryable } = CLIENT_ERRORS.CONNECTION_FAILED;
    throw new WirepactError('CONNECTION_FAILED', description, { retryable, cause });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw toError(response.status, answer);
  return answer;
}

const toInfo = (answer: unknown): ChannelInfo => ({
  id: readString(answer, 'id') ?? '',
  name: readString(answer, 'name'),
  topic: readString(answer, 'topic'),
});

/** What the server does for channels over HTTP. Every function @throws WirepactError. */
export const channelApi = {
  create: async (name: string) => toInfo(await call('POST', '', { name })),
  get: async (channelId: string) => toInfo(await call('GET', `/${channelId}`)),
  update: async (channelId: string, changes: { name: string; topic: string }) =>
    toInfo(await call('PATCH', `/${channelId}`, changes)),
  delete: (channelId: string) => call('DELETE', `/${channelId}`),
  clear: (channelId: string) => call('DELETE', `/${channelId}/messages`),
  deleteMessage: (channelId: string, messageId: string) =>
    call('DELETE', `/${channelId}/messages/${messageId}`),
};
