import { mergeConfig } from 'vitest/config';
import base from '../../vitest.base.ts';

/** Modules of contracts are loaded by jiti, which asks Node where the kit is: its sources, too. */
export default mergeConfig(base, { test: { execArgv: ['--conditions=@wirepact/source'] } });
