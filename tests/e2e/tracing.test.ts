import { context, propagation, trace } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { createChatClient } from '@wirepact/client';
import { createInspector, type InspectedEvent } from '@wirepact/client/inspect';
import { createTracer } from '@wirepact/client/tracing';
import { type ChatServerOptions, createChatServer, createSqliteStore } from '@wirepact/server';
import { createTracing } from '@wirepact/server/tracing';
import pino from 'pino';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';

const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';
let exporter: InMemorySpanExporter;

/** Registers what keeps spans in memory, as an application does once. */
function register(options: ConstructorParameters<typeof NodeTracerProvider>[0] = {}) {
  exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({
    ...options,
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  provider.register();
  onTestFinished(() => {
    trace.disable();
    context.disable();
    propagation.disable();
    return provider.shutdown();
  });
}

async function startServer(options: ChatServerOptions = { tracing: createTracing() }) {
  const store = createSqliteStore({ file: ':memory:' });
  const chat = createChatServer({ store, logger: pino({ level: 'silent' }), rateLimit: false, ...options });
  onTestFinished(async () => {
    await chat.close();
    await store.close();
  });
  return chat.listen(0, '127.0.0.1');
}

function connect(url: string, options: Parameters<typeof createChatClient>[1] = {}) {
  const client = createChatClient(url, { inspect: createTracer(), ...options });
  onTestFinished(() => client.close());
  return client;
}

/** A client of Socket.IO's own in the channel, that keeps every argument it is sent. */
async function connectPlain(url: string) {
  const socket = io(url, { transports: ['websocket'], forceNew: true });
  onTestFinished(() => void socket.close());
  const received: unknown[][] = [];
  socket.onAny((...args: unknown[]) => void received.push(args));
  await socket.emitWithAck('join_channel', { channelId: CHANNEL });
  return { socket, received };
}

const spansOf = (traceId: string | undefined) =>
  exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId);

/** The names of the spans from one up to the first of its trace. */
function pathOf(span: ReadableSpan): string[] {
  const parent = exporter
    .getFinishedSpans()
    .find((other) => other.spanContext().spanId === span.parentSpanContext?.spanId);
  return [...(parent ? pathOf(parent) : []), span.name];
}

const find = (name: string) => exporter.getFinishedSpans().find((span) => span.name === name);

test('[TRACE-1] [TRACE-2] one trace leads from the client’s send to the delivery at another member', async () => {
  register();
  const { url } = await startServer();
  const [ada, bob] = [connect(url), connect(url)];
  const [channel, other] = [await ada.join(CHANNEL), await bob.join(CHANNEL)];
  await channel.send('hello');
  await expect.poll(() => other.view.get().messages).toHaveLength(1);
  const sent = find('send send_message');
  const deliveries = () =>
    spansOf(sent?.spanContext().traceId).filter(({ name }) => name === 'receive messageBroadcast');
  await expect.poll(deliveries).toHaveLength(2);
  for (const delivery of deliveries())
    expect(pathOf(delivery)).toEqual([
      'send send_message',
      'receive send_message',
      'handle',
      'send messageBroadcast',
      'receive messageBroadcast',
    ]);
  const steps = spansOf(sent?.spanContext().traceId).map(pathOf);
  for (const step of [['check'], ['authorize'], ['handle', 'store'], ['handle', 'send messageAck']])
    expect(steps).toContainEqual(['send send_message', 'receive send_message', ...step]);
  expect(sent?.attributes).toMatchObject({ 'wirepact.event': 'send_message', 'wirepact.code': 'OK' });
});

test('[TRACE-1] clients that follow no traces ignore the argument, and what is no trace is ignored by the server', async () => {
  register();
  const { url } = await startServer();
  const { socket, received } = await connectPlain(url);
  const silent = createChatClient(url);
  onTestFinished(() => silent.close());
  const channel = await silent.join(CHANNEL);
  const payload = { channelId: CHANNEL, serverId: CHANNEL, text: 'hello', entityId: 'bob' };
  for (const carrier of [{ traceparent: 'nonsense' }, { traceparent: 7 }, [], 'text', null])
    expect(await socket.emitWithAck('send_message', payload, carrier)).toMatchObject({ ok: true });
  expect(await socket.emitWithAck('heartbeat', null, { traceparent: 'nonsense' })).toMatchObject({
    ok: true,
  });
  await expect.poll(() => channel.view.get().messages).toHaveLength(5);
  const carriers = received.filter(([event]) => event === 'messageBroadcast').map(([, , carrier]) => carrier);
  expect(carriers).toHaveLength(5);
  expect(new Set(carriers.map((carrier) => Object(carrier).traceparent)).size).toBe(5);
});

test('[TRACE-2] what nobody records is sent with nothing behind it, and neither is what no event has caused', async () => {
  register({ sampler: new AlwaysOffSampler() });
  const { url } = await startServer();
  const { socket, received } = await connectPlain(url);
  await socket.emitWithAck('send_message', {
    ...{ channelId: CHANNEL, serverId: CHANNEL, text: 'hello', entityId: 'bob' },
  });
  expect(received.filter((args) => args.length > 2)).toEqual([]);
  expect(received.map(([event]) => event)).toContain('messageBroadcast');
  expect(exporter.getFinishedSpans()).toEqual([]);
});

test('a server that traces nothing takes events of a client that does, and says nothing of traces', async () => {
  register();
  const { url } = await startServer({});
  const { received } = await connectPlain(url);
  const channel = await connect(url).join(CHANNEL);
  await channel.send('hello');
  await expect.poll(() => received.map(([event]) => event)).toContain('messageBroadcast');
  expect(received.filter((args) => args.length > 2)).toEqual([]);
  expect(find('send send_message')?.attributes).toMatchObject({ 'wirepact.code': 'OK' });
});

test('what is refused ends its spans with the code, on both sides', async () => {
  register();
  const { url } = await startServer({
    tracing: createTracing(),
    authorize: ({ event }) => event !== 'send_message',
  });
  const client = connect(url);
  const channel = await client.join(CHANNEL);
  await expect(channel.send('hello')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  for (const name of ['send send_message', 'receive send_message'])
    await expect.poll(() => find(name)?.attributes['wirepact.code']).toBe('FORBIDDEN');
});

test('an event that the contract does not have gives no span its name', async () => {
  register();
  const { url } = await startServer();
  const { socket } = await connectPlain(url);
  await socket.emitWithAck('x'.repeat(1_000));
  expect(find('receive (unknown)')?.attributes).toMatchObject({
    'wirepact.event': '(unknown)',
    'wirepact.code': 'UNKNOWN_EVENT',
  });
});

test('a client is traced and inspected at once', async () => {
  register();
  const { url } = await startServer();
  const seen: InspectedEvent[] = [];
  const [tracer, inspector] = [createTracer(), createInspector((event) => void seen.push(event))];
  const client = connect(url, {
    inspect: (parts) => {
      inspector(parts);
      tracer(parts);
    },
  });
  const channel = await client.join(CHANNEL);
  await channel.send('hello');
  await expect.poll(() => find('receive messageBroadcast')).toBeDefined();
  expect(seen.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['send_message', 'messageBroadcast']),
  );
});
