import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vitest/config';
import base from '../../vitest.base.ts';

const kit = (name: string) => fileURLToPath(new URL(`../contract/src/${name}.ts`, import.meta.url));

/** Modules of contracts are loaded by jiti and Node: they find the sources of the kit, too. */
export default mergeConfig(base, {
  test: {
    execArgv: ['--conditions=@wirepact/source'],
    env: {
      JITI_ALIAS: JSON.stringify({
        '@wirepact/contract/runtime': kit('runtime'),
        '@wirepact/contract/tools': kit('tools'),
        '@wirepact/contract': kit('index'),
      }),
    },
  },
});
