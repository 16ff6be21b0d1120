import { readFile, writeFile } from 'node:fs/promises';
import { packageBuild } from '../../tsup.base.ts';

/** Says to frameworks that render on servers that the bindings are for components of the page. */
const markClientCode = {
  name: 'mark-client-code',
  async buildEnd() {
    const path = 'dist/react.js';
    await writeFile(path, `'use client';${await readFile(path, 'utf8')}`);
  },
};

export default packageBuild(
  {
    index: 'src/index.ts',
    agent: 'src/agent.ts',
    ai: 'src/ai.ts',
    indexeddb: 'src/indexeddb.ts',
    inspect: 'src/inspect.ts',
    react: 'src/react/index.ts',
    tracing: 'src/tracing.ts',
  },
  { plugins: [markClientCode] },
);
