import { expect, test } from 'vitest';
import { WirepactError } from '../../error';
import { evaluateValidators } from './test-evaluate';
import { findSuite, readSuite, type SuiteGroup, toDocument } from './test-json-schema-suite';
import { REFUSED } from './test-suite-refusals';

const folder = findSuite();
if (!folder) {
  const missing =
    'The JSON Schema Test Suite is not installed (apt-get install libtest-json-schema-acceptance-perl)';
  if (process.env.CI) throw new Error(`${missing}; continuous integration must not skip its tests.`);
  console.log(`${missing}: validators are not tested against it.`);
}

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

test.skipIf(!folder).each(readSuite(folder ?? import.meta.dirname))('%s', async (file, groups) => {
  const refusals: Record<string, string> = {};
  for (const group of groups) {
    const keyword = await findRefusal(group);
    if (keyword !== undefined) refusals[group.description] = keyword;
    else expect(await findFaults(group), group.description).toEqual([]);
  }
  expect(refusals).toEqual(REFUSED[file] ?? {});
});
