import { mergeConfig } from 'vitest/config';
import base from '../vitest.base.ts';

/**
 * Files share a process: loading the packages anew for each takes longer than their tests. There is a process for each
 * core, as many tests wait for browsers and servers, which are processes themselves.
 */
export default mergeConfig(base, { test: { isolate: false, maxWorkers: '100%' } });
