import { readFile } from 'node:fs/promises';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, inject, test } from 'vitest';
import { PACKAGES, tarballOf } from './tarballs';

describe.each(PACKAGES)('@wirepact/%s', (name) => {
  const read = async () => new Uint8Array(await readFile(tarballOf(inject('tarballs'), name)));

  test('gives publint nothing to say', async () => {
    const { messages, pkg } = await publint({ pack: { tarball: (await read()).buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test('has right types for every way of importing it', async () => {
    // A document has no types.
    const options = { excludeEntrypoints: [/\.md$/] };
    const result = await checkPackage(createPackageFromTarballData(await read()), options);
    if (!result.types) throw new Error('There are no types.');
    const problems = result.problems.filter(
      (problem) =>
        // `require` loads ES modules on every Node that is supported; `node10` does not know `exports` at all.
        problem.kind !== 'CJSResolvesToESM' &&
        !('resolutionKind' in problem && problem.resolutionKind === 'node10'),
    );
    expect(problems).toEqual([]);
    expect(Object.keys(result.entrypoints)).not.toEqual([]);
  });
});
