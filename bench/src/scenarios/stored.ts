import { join } from 'node:path';
import { findPostgres, startPostgres } from '@wirepact/test-postgres';
import type { Figure } from '../figure';
import { STORED_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { progress } from '../rounds';
import { withTemporaryFolder } from '../temporary-folder';
import { measureShapes } from './send-shapes';

const NAME = 'stored → ack';
const FILE = 'sends.db';
/** Few messages fit into a window that waits for the disk: the compiler takes more windows to be done. */
const WARM_UP_FACTOR = 2;

const COMPARED = { name: NAME, baseline: 'plain', goals: STORED_GOALS } as const;

/** What it costs to keep every message: it is on the disk before it is acknowledged. */
export const measureStored = (options: RunOptions): Promise<Figure[]> =>
  withTemporaryFolder(async (folder) => {
    const sqlite = join(folder, FILE);
    const warmUps = options.warmUps * WARM_UP_FACTOR;
    const programs = findPostgres();
    if (programs === undefined) {
      progress(`${NAME}: PostgreSQL is not installed here and is left out`);
      const comparison = { ...COMPARED, variants: ['sqlite', 'plain'] as const };
      return measureShapes(comparison, { ...options, warmUps, databases: { sqlite } });
    }
    const instance = await startPostgres(programs, { isDurable: true, parent: folder });
    try {
      const variants = ['sqlite', 'postgres', 'plain'] as const;
      const databases = { sqlite, postgres: await instance.createDatabase() };
      return await measureShapes({ ...COMPARED, variants }, { ...options, warmUps, databases });
    } finally {
      await instance.stop();
    }
  });
