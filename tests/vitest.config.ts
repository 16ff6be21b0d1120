import { mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import base from '../vitest.base.ts';

/** What takes the longest, and begins first: otherwise nothing is left to run beside it in the end. */
const LONGEST = [
  'browser/demo.test.ts',
  'chaos/chaos.test.ts',
  'hostile/slow-hooks.test.ts',
  'conformance/chat.test.ts',
  'examples/board.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return index < 0 ? LONGEST.length : index;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** There are more processes than cores, as many tests wait for browsers and servers, which are processes themselves. */
export default mergeConfig(base, { test: { maxWorkers: '150%', sequence: { sequencer: LongestFirst } } });
