import { toContractDocument } from '@wirepact/cli';
import { listChecks } from '@wirepact/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { board } from '../../examples/board/contract';
import { startBoard } from './board-server';

let server: Awaited<ReturnType<typeof startBoard>>;
beforeAll(async () => {
  server = await startBoard();
});
afterAll(() => server.close());

describe('the board keeps to its contract', () => {
  test.concurrent.each(listChecks({ contract: toContractDocument(board) }))(
    '$transport: $rule $title',
    async ({ run }) => {
      expect(await run(server.url)).toEqual({});
    },
  );
});
