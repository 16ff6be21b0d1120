import { mergeConfig } from 'vitest/config';
import base from '../vitest.base.ts';

/** Files share a process: loading the packages anew for each takes longer than their tests. */
export default mergeConfig(base, { test: { isolate: false } });
