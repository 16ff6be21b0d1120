import { toContractDocument } from '@wirepact/cli';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { board } from '../../examples/board/contract';
import { BOARD_MUTANTS } from './board-mutants';
import { startBoard } from './board-server';
import { eliza, startChat } from './chat-server';
import { DOCUMENT_MUTANTS } from './document-mutants';
import { brokenRules, caught } from './mutant';
import { PROTOCOL_MUTANTS, TURN_MUTANTS } from './protocol-mutants';
import { startRelay } from './relay';

/** The relay is a plain Socket.IO server: it reads numbers that JSON cannot say back, and says nothing before it ends a connection. */
const OF_PLAIN_SOCKET_IO = ['ERR-14', 'ERR-20', 'CONN-12'];

/** Each mutant is the server behind a relay that does one thing wrong. */
const SERVERS = [
  {
    what: 'the board',
    start: startBoard,
    mutants: BOARD_MUTANTS,
    options: { contract: toContractDocument(board) },
    ofRelay: ['SESSION-3'],
  },
  {
    what: 'the chat',
    start: () => startChat(),
    mutants: [...DOCUMENT_MUTANTS, ...PROTOCOL_MUTANTS],
    options: {},
    ofRelay: OF_PLAIN_SOCKET_IO,
  },
  {
    what: 'a chat with an agent',
    start: () => startChat([eliza]),
    mutants: TURN_MUTANTS,
    options: {},
    ofRelay: OF_PLAIN_SOCKET_IO,
  },
];

describe.each(SERVERS)('$what', ({ start, mutants, options, ofRelay }) => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());

  test('behind a relay that changes nothing it breaks no rule but by the relay itself', async () => {
    const relay = await startRelay(server.url);
    onTestFinished(() => relay.close());
    expect(await brokenRules(relay.url, options)).toEqual(ofRelay);
  });

  test.each(mutants)('$rule is broken where it $name', async (mutant) => {
    expect(await caught(server.url, mutant, options)).toEqual([mutant.rule]);
  });
});
