import { type ElizaosOptions, type ElizaosServer, startElizaos } from '@wirepact/test-elizaos';
import { onTestFinished } from 'vitest';
import { type ChatClient, type ChatClientOptions, createChatClient } from '../src/index';

export const ADA = 'aaaaaaaa-0000-4000-8000-000000000001';
export const BOB = 'bbbbbbbb-0000-4000-8000-000000000002';
export const AGENT = 'cccccccc-0000-4000-8000-000000000003';

/** A stand-in of ElizaOS that lasts for one test. */
export async function serveElizaos(options: ElizaosOptions = {}): Promise<ElizaosServer> {
  const server = await startElizaos(options);
  onTestFinished(() => server.stop());
  return server;
}

/** A client of it that reconnects within milliseconds, for one test. */
export function connect(url: string, options: ChatClientOptions = {}): ChatClient {
  const chat = createChatClient(url, {
    ...{ dialect: 'elizaos', entityId: ADA, entityName: 'Ada' },
    ...{ reconnectionDelay: 5, reconnectionDelayMax: 20, randomizationFactor: 0 },
    ...options,
  });
  onTestFinished(() => chat.close());
  return chat;
}

/** Asks the REST side, as the web client does. */
export async function rest({ url }: ElizaosServer, request: string, body?: object): Promise<unknown> {
  const [method = 'GET', path = ''] = request.split(' ');
  const response = await fetch(`${url}/api/messaging/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  return response.status === 204 ? undefined : response.json();
}

/** An agent's message, as agents post it. */
export const submit = (server: ElizaosServer, channelId: string, content: string, more: object = {}) =>
  rest(server, 'POST submit', { channel_id: channelId, author_id: AGENT, content, ...more });
