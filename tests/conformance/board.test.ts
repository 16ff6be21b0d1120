import { toContractDocument } from '@wirepact/cli';
import { type ConformanceCheck, listChecks } from '@wirepact/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { board } from '../../examples/board/contract';
import { startBoard, startSignedInBoard } from './board-server';

const contract = toContractDocument(board);
let server: Awaited<ReturnType<typeof startBoard>>;
let signedIn: Awaited<ReturnType<typeof startSignedInBoard>>;
beforeAll(async () => {
  [server, signedIn] = await Promise.all([startBoard(), startSignedInBoard()]);
});
afterAll(() => Promise.all([server.close(), signedIn.close()]));

describe('the board keeps to its contract', () => {
  let between: readonly ConformanceCheck[];
  beforeAll(() => {
    between = listChecks({ contract, ...signedIn.run });
  });

  const named = listChecks({ contract }).map((check, index) => ({ ...check, index }));
  test.concurrent.each(named)('$transport: $rule $title', async ({ run, index }) => {
    const { skipped } = await run(server.url);
    // What shows between two is only seen where they sign in.
    if (skipped !== undefined) expect(await between[index]?.run(signedIn.url)).toEqual({});
  });
});
