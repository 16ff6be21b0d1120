import { callApi, readString } from '../page/call-api';

/** A channel as the server describes it. */
export interface ChannelInfo {
  readonly id: string;
  readonly name?: string | undefined;
  readonly topic?: string | undefined;
}

function call(method: string, path: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return callApi(`/channels${path}`, body ? { method, headers, body: JSON.stringify(body) } : { method });
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
