import { mergeConfig } from 'vitest/config';
import base from '../vitest.base.ts';

/** There are more processes than cores, as many tests wait for browsers and servers, which are processes themselves. */
export default mergeConfig(base, { test: { maxWorkers: '150%' } });
