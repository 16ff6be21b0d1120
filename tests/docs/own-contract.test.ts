import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildContract } from '@wirepact/cli';
import { io, type Socket } from 'socket.io-client';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readCodeBlocks, runCodeBlock } from './code-blocks';

const [contract = '', server = '', client = ''] = readCodeBlocks('docs/your-own-contract.md');
const card = { cardId: '123e4567-e89b-12d3-a456-426614174000', column: 'done' };

/** The module of the guide's contract, built. */
let board = '';
beforeAll(async () => {
  const { board: declared } = await runCodeBlock(contract);
  const folder = mkdtempSync(fileURLToPath(new URL('../test-results/docs/board-', import.meta.url)));
  for (const [name, text] of buildContract(Object(declared), 'board'))
    writeFileSync(join(folder, name), text);
  board = join(folder, 'index.js');
});

/** Starts the guide's server, in which some words are others, and answers with its URL. */
async function serve(replace: Record<string, string> = {}): Promise<string> {
  vi.stubEnv('LOG_LEVEL', 'silent');
  vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  const { server: started, url } = await runCodeBlock(server, {
    '@acme/board': board,
    'listen(3001)': 'listen(0)',
    ...replace,
  });
  onTestFinished(async () => void (await Object(started).close()));
  return String(url);
}

/** A client of the server. */
function connectTo(url: string): Socket {
  const socket = io(url, { forceNew: true });
  onTestFinished(() => void socket.close());
  return socket;
}

/** A client of the guide's server, in which some words are others. */
const connect = async (replace?: Record<string, string>): Promise<Socket> => connectTo(await serve(replace));

const isServed = async (socket: Socket) =>
  expect(await socket.emitWithAck('move_card', card)).toEqual({ ok: true, data: { position: 0 } });

describe('[E0] the guide’s server of an own contract', () => {
  test('checks, tells everybody and answers', async () => {
    const socket = await connect();
    const moved = new Promise((resolve) => socket.once('cardMoved', resolve));
    await isServed(socket);
    expect(await moved).toEqual(card);
    expect(await socket.emitWithAck('move_card', { ...card, cardId: 'first' })).toMatchObject({
      error: { code: 'INVALID_UUID', issues: [{ path: '/cardId' }] },
    });
  });

  test.each<[string, unknown[]]>([
    ['something else where the acknowledgement should be', [card, 'not a function']],
    ['no acknowledgement', [card]],
    ['nothing', []],
    ['a payload that is none', [null, {}, 7]],
  ])('goes on after a packet with %s', async (_what, args) => {
    const socket = await connect();
    socket.emit('move_card', ...args);
    socket.emit('__proto__', ...args);
    await isServed(socket);
  });

  test('ends a connection that sends binary, and serves the next', async () => {
    const url = await serve();
    const socket = connectTo(url);
    const ended = new Promise((resolve) => socket.once('wirepact:ended', resolve));
    socket.emit('move_card', new Uint8Array(3));
    expect(await ended).toMatchObject({ reason: 'INVALID_PACKET' });
    await isServed(connectTo(url));
  });

  test.each([
    ['misspelt', 'move_cart'],
    ['of every object', 'toString'],
    ['of a prototype', '__proto__'],
    ['very long', 'x'.repeat(10_000)],
  ])('acknowledges an event that it does not have, by a name that is %s', async (_what, name) => {
    const socket = await connect();
    const answer = await socket.emitWithAck(name, card);
    expect(answer).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
    expect(JSON.stringify(answer).length).toBeLessThan(300);
    await isServed(socket);
  });

  test('acknowledges what comes with an acknowledgement alone', async () => {
    const socket = await connect();
    expect(await socket.emitWithAck('move_card')).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
  });

  test.each([
    ['that throws', "throw new Error('secret of the database');"],
    ['whose reply is not what the contract says', "return { position: 'first' } as never;"],
    ['whose reply is no JSON', 'return { position: Number.NaN };'],
  ])('answers INTERNAL for a handler %s', async (_what, statement) => {
    const socket = await connect({ 'return { position: 0 };': statement });
    const answer = await socket.emitWithAck('move_card', card);
    expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL', retryable: true } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(await socket.emitWithAck('move_card', card)).toMatchObject({ error: { code: 'INTERNAL' } });
  });

  test('answers with the code of an error that a handler throws', async () => {
    const socket = await connect({
      'return { position: 0 };': "throw new WirepactError('CARD_NOT_FOUND', 'No such card.');",
      'import { createContractServer }':
        "import { WirepactError } from '@wirepact/contract/runtime';\nimport { createContractServer }",
    });
    expect(await socket.emitWithAck('move_card', card)).toMatchObject({ error: { code: 'CARD_NOT_FOUND' } });
  });
});

test('the guide’s client hears of its move, and is answered', async () => {
  const url = await serve();
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const { client: connected } = await runCodeBlock(client, {
    '@acme/board': board,
    'http://localhost:3001': url,
  });
  onTestFinished(() => Object(connected).close());
  expect(log.mock.calls.flat().slice(-2)).toEqual([`${card.cardId} is in done`, 'at position 0']);
});
