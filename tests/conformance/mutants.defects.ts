import { toContractDocument } from '@wirepact/cli';
import type { ConformanceOptions } from '@wirepact/conformance';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { board } from '../../examples/board/contract';
import { ANSWER_MUTANTS, REMOTE_MUTANTS } from './answer-mutants';
import { BOARD_MUTANTS, SIGNED_IN_BOARD_MUTANTS } from './board-mutants';
import { startBoard, startSignedInBoard } from './board-server';
import { byKey, eliza, startChat, startSignedIn, TWO, untilSoon } from './chat-server';
import { DOCUMENT_MUTANTS } from './document-mutants';
import { ELIZAOS_MUTANTS, SIGNED_IN_ELIZAOS_MUTANTS } from './elizaos-mutants';
import { CONNECTING_MUTANTS, ENDING_MUTANTS, GUEST_MUTANTS, IDENTITY_MUTANTS } from './identity-mutants';
import { MANAGEMENT_MUTANTS, PLAIN_MUTANTS } from './management-mutants';
import { brokenRules, caught, type Mutant } from './mutant';
import { FLOOD_MUTANTS, LIMIT_MUTANTS, PROTOCOL_MUTANTS, TURN_MUTANTS } from './protocol-mutants';
import { radio, startRadio } from './radio';
import { RADIO_MUTANTS, SIGNED_IN_RADIO_MUTANTS } from './radio-mutants';
import { startRelay } from './relay';

/** The relay is a plain Socket.IO server: it reads numbers that JSON cannot say back, and says nothing before it ends a connection. */
const OF_PLAIN_SOCKET_IO = ['ERR-14', 'ERR-20', 'CONN-12'];

/** As it does not know what it has asked. */
const OF_PLAIN_SERVER = ['ASK-5', 'SESSION-3'];

/** A server, and what is done to it. */
interface Served {
  readonly what: string;
  readonly start: () => Promise<{
    readonly url: string;
    /** What a run has to know of it. */
    readonly run?: ConformanceOptions;
    readonly close: () => Promise<void>;
  }>;
  readonly mutants: readonly Mutant[];
  readonly options: ConformanceOptions;
  /** What the relay itself breaks. */
  readonly ofRelay: readonly string[];
}

/** Each mutant is the server behind a relay that does one thing wrong. */
const SERVERS: readonly Served[] = [
  {
    what: 'the board',
    start: startBoard,
    mutants: BOARD_MUTANTS,
    options: { contract: toContractDocument(board) },
    ofRelay: OF_PLAIN_SERVER,
  },
  {
    what: 'the board where people sign in',
    start: startSignedInBoard,
    mutants: SIGNED_IN_BOARD_MUTANTS,
    options: { contract: toContractDocument(board) },
    ofRelay: OF_PLAIN_SERVER,
  },
  {
    what: 'the radio where people sign in',
    start: () =>
      startRadio({ authenticate: byKey, authorize: () => true }).then((radio) => ({ ...radio, run: TWO })),
    mutants: SIGNED_IN_RADIO_MUTANTS,
    options: { contract: toContractDocument(radio) },
    ofRelay: OF_PLAIN_SERVER,
  },
  {
    what: 'the radio',
    start: () => startRadio(),
    mutants: RADIO_MUTANTS,
    options: { contract: toContractDocument(radio), floods: true },
    ofRelay: OF_PLAIN_SERVER,
  },
  {
    what: 'the chat',
    start: () => startChat(),
    mutants: [
      ...DOCUMENT_MUTANTS,
      ...PLAIN_MUTANTS,
      ...PROTOCOL_MUTANTS,
      ...MANAGEMENT_MUTANTS,
      ...REMOTE_MUTANTS,
    ],
    options: {},
    ofRelay: OF_PLAIN_SOCKET_IO,
  },
  {
    what: 'the chat where it limits what is sent',
    start: () => startChat({ rateLimit: { points: 50 } }),
    mutants: LIMIT_MUTANTS,
    options: { profiles: ['wirepact'], floods: true, rules: ['RATE-5'] },
    ofRelay: [],
  },
  {
    what: 'the chat where it is sent much',
    start: () => startChat(),
    mutants: FLOOD_MUTANTS,
    options: { profiles: ['wirepact'], floods: true, rules: ['JOIN-17', 'ERR-22'] },
    ofRelay: [],
  },
  {
    what: 'the chat on the wire of ElizaOS',
    start: () => startChat(),
    mutants: ELIZAOS_MUTANTS,
    options: { profiles: ['elizaos'] },
    ofRelay: [],
  },
  {
    what: 'the chat on the wire of ElizaOS where people sign in',
    start: () => startSignedIn(),
    mutants: SIGNED_IN_ELIZAOS_MUTANTS,
    options: { profiles: ['elizaos'] },
    ofRelay: [],
  },
  {
    what: 'a chat with an agent',
    start: () => startChat({ agents: [eliza] }),
    mutants: [...TURN_MUTANTS, ...ANSWER_MUTANTS],
    options: {},
    ofRelay: OF_PLAIN_SOCKET_IO,
  },
  {
    what: 'the chat where people sign in',
    start: () => startSignedIn(),
    mutants: [...IDENTITY_MUTANTS, ...CONNECTING_MUTANTS],
    options: {},
    // Nor does it mind where a page comes from.
    ofRelay: ['ERR-14', 'ERR-20', 'CONN-13', 'CONN-12'],
  },
  {
    what: 'the chat where identities end',
    start: () => startSignedIn({ authenticate: untilSoon }),
    mutants: ENDING_MUTANTS,
    options: { rules: ['AUTH-8'] },
    ofRelay: [],
  },
  {
    what: 'the chat where nobody has said who may do what',
    start: () => startChat({ authorize: undefined }),
    mutants: GUEST_MUTANTS,
    options: { profiles: ['wirepact'] },
    ofRelay: ['CONN-12'],
  },
];

describe.each(SERVERS)('$what', ({ start, mutants, options, ofRelay }) => {
  let server: Awaited<ReturnType<Served['start']>>;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());

  test('behind a relay that changes nothing it breaks no rule but by the relay itself', async () => {
    const relay = await startRelay(server.url);
    onTestFinished(() => relay.close());
    expect(await brokenRules(relay.url, { ...options, ...server.run })).toEqual(ofRelay);
  });

  test.each(mutants)('$rule is broken where it $name', async (mutant) => {
    expect(await caught(server.url, mutant, { ...options, ...server.run })).toEqual([mutant.rule]);
  });
});
