import { WirepactError } from '@wirepact/contract';
import { expect, test } from 'vitest';
import { evaluateValidators } from './test-evaluate';
import { findSuite, readSuite, type SuiteGroup, toDocument } from './test-json-schema-suite';
import { REFUSED } from './test-suite-refusals';

/** The keyword that an emission is refused for; `undefined` where it is not. */
async function findRefusal({ schema }: SuiteGroup): Promise<string | undefined> {
  try {
    await evaluateValidators(toDocument(schema));
    return undefined;
  } catch (error) {
    if (!(error instanceof WirepactError)) throw error;
    return /the keyword "([^"]+)"/.exec(error.message)?.[1];
  }
}

/** What the emitted validators of one group get wrong. */
async function findFaults({ schema, tests }: SuiteGroup): Promise<string[]> {
  const validator = (await evaluateValidators(toDocument(schema))).get('Root');
  return tests.flatMap(({ description, data, valid }) => {
    const isRight = validator?.check(data) === valid;
    const isExplained = (validator?.issues(data).length === 0) === valid;
    return isRight && isExplained ? [] : [description];
  });
}

const folder = findSuite();
if (folder === undefined) {
  const reason = 'the JSON Schema Test Suite is not on npm, and JSON_SCHEMA_TEST_SUITE names no folder of it';
  console.warn(`Skipped: ${reason} (see CONTRIBUTING.md).`);
  test.skip(`[F1] ${reason}`);
} else {
  test.each(readSuite(folder))('%s', async (file, groups) => {
    const refusals: Record<string, string> = {};
    for (const group of groups) {
      const keyword = await findRefusal(group);
      if (keyword !== undefined) refusals[group.description] = keyword;
      else expect(await findFaults(group), group.description).toEqual([]);
    }
    expect(refusals).toEqual(REFUSED[file] ?? {});
  });
}
