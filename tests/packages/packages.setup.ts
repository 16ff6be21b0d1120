import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createProject } from './consumer-project';
import { PACKAGES, packPackages } from './tarballs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the tarballs, outside the workspace. */
    tarballs: string;
    /** A project that has installed them, as somebody would who uses all of Wirepact. */
    consumer: string;
  }
}

/** Packs the packages and installs them in a project of their own; both are gone when the tests have ended. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-packages-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const tarballs = join(folder, 'tarballs');
    await packPackages(tarballs);
    const consumer = join(folder, 'consumer');
    await createProject(consumer, tarballs, PACKAGES, {
      '@types/node': '^20.19.0',
      'socket.io': '4.8.4',
      typebox: '^1.4.3',
    });
    project.provide('tarballs', tarballs);
    project.provide('consumer', consumer);
    return remove;
  } catch (error) {
    await remove();
    throw error;
  }
}
