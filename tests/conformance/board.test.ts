import { toContractDocument } from '@wirepact/cli';
import { listChecks, Violation } from '@wirepact/conformance';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { board } from '../../examples/board/contract';
import { BOARD_MUTANTS } from './board-mutants';
import { startBoard } from './board-server';
import { startRelay } from './relay';

const contract = toContractDocument(board);
let server: Awaited<ReturnType<typeof startBoard>>;
beforeAll(async () => {
  server = await startBoard();
});
afterAll(() => server.close());

describe('the board keeps to its contract', () => {
  test.each(listChecks({ contract }))('$transport: $rule $title', async ({ run }) => {
    expect(await run(server.url)).toEqual({});
  });
});

/** The rules whose checks fail on a server, in the order of the checks. */
async function brokenRules(url: string, rules?: readonly string[]): Promise<string[]> {
  const broken = new Set<string>();
  for (const { rule, run } of listChecks({
    contract,
    transports: ['websocket'],
    rules,
    patienceMs: 300,
  })) {
    await run(url).catch((error) => {
      if (!(error instanceof Violation)) throw error;
      broken.add(rule);
    });
  }
  return [...broken];
}

test('a relay before the board changes nothing but how malformed packets are met', async () => {
  const relay = await startRelay(server.url);
  onTestFinished(() => relay.close());
  expect(await brokenRules(relay.url)).toEqual(['SESSION-3']);
});

describe('a server of the board', () => {
  test.each(BOARD_MUTANTS)('that $name breaks $rule', async ({ rule, ...mutation }) => {
    const relay = await startRelay(server.url, mutation);
    onTestFinished(() => relay.close());
    expect(await brokenRules(relay.url, [rule])).toEqual([rule]);
  });
});
