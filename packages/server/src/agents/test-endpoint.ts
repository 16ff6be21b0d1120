import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { createOpenAiAgent, type OpenAiAgentOptions } from '../agents';
import type { Agent, AgentContext, AgentPart, Message } from '../index';
import { listen } from '../runtime/test-client';

/** What an endpoint was asked. */
export interface EndpointRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: JSON that tests look into.
  readonly body: any;
}

/** How a stand-in answers one request; `request` counts from 0. */
export type Respond = (response: ServerResponse, request: number) => void | Promise<void>;

/** An http server that answers as tests want it to, on a free port; it closes when the test ends. */
export async function startEndpoint(respond: Respond) {
  const requests: EndpointRequest[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += piece;
    const { url: path = '', headers } = request;
    requests.push({ path, headers, body: JSON.parse(text) });
    await respond(response, requests.length - 1);
  });
  const origin = await listen(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `${origin}/v1`, server, requests };
}

export const AGENT_ID = '00000000-0000-4000-8000-000000000001';

/** An agent that asks such an endpoint. */
export const agentAt = (url: string, options: Partial<OpenAiAgentOptions> = {}): Agent =>
  createOpenAiAgent({ id: AGENT_ID, name: 'Bot', url, model: 'test', ...options });

/** One event of a stream, as OpenAI's API sends it. */
export const toEvent = (chunk: unknown) => `data: ${JSON.stringify(chunk)}\n\n`;

/** A chunk of an answer. */
export const toChunk = (delta: object, finishReason: string | null = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'test',
  choices: [{ index: 0, delta, finish_reason: finishReason }],
});

/** A piece of a call of a tool. */
export const toCall = (call: object) => toChunk({ tool_calls: [call] });

/** Begins a stream of events. */
export function stream(response: ServerResponse, ...chunks: object[]): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (const chunk of chunks) response.write(toEvent(chunk));
  response.flushHeaders();
  return response;
}

/** A whole stream of events. */
export const streamAll = (response: ServerResponse, ...chunks: object[]) =>
  void stream(response, ...chunks).end('data: [DONE]\n\n');

/** A message of a channel. */
export const toMessage = (text: string, fields: Partial<Message> = {}): Message => ({
  id: text,
  channelId: 'channel',
  serverId: 'server',
  senderId: 'ada',
  senderName: 'Ada',
  text,
  createdAt: 1,
  source: 'socketio_client',
  epoch: 'epoch',
  seq: 1,
  ...fields,
});

/** What an agent is given in a channel with these messages. */
export function contextOf(backlog: readonly Message[], fields: Partial<AgentContext> = {}): AgentContext {
  return {
    channelId: 'channel',
    serverId: 'server',
    logger: pino({ level: 'silent' }),
    history: async (limit = 20) => backlog.slice(-limit),
    signal: new AbortController().signal,
    ...fields,
  };
}

/** All parts of an agent's answer. */
export async function collect(parts: AsyncIterable<AgentPart>): Promise<AgentPart[]> {
  const all: AgentPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

/** Asks an agent in a channel in which nothing else was said. */
export function ask(agent: Agent, text = 'hello', fields: Partial<AgentContext> = {}): Promise<AgentPart[]> {
  const message = toMessage(text);
  return collect(agent.respond(message, contextOf([message], fields)));
}
