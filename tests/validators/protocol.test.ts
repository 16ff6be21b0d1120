import { gzipSync } from 'node:zlib';
import { protocol } from '@wirepact/protocol/definition';
import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { toContractDocument } from '../../packages/cli/src/emit/contract-document';
import { emitValidators } from '../../packages/cli/src/emit/validators';
import { compareWithTypeBox } from '../../packages/cli/src/emit/validators/test-agreement';
import { evaluateValidators } from '../../packages/cli/src/emit/validators/test-evaluate';

const document = toContractDocument(protocol);
const RUNS = 1_000;

describe('the emitted validators of the protocol', () => {
  test.each(Object.keys(document.$defs))('answer for %s as TypeBox does', async (type) => {
    const matching = await compareWithTypeBox(document, type, RUNS);
    // Both answers have to come up, or the values would show nothing.
    expect(matching).toBeGreaterThan(RUNS / 50);
    expect(matching).toBeLessThan(RUNS);
  });

  test('take every example', async () => {
    const validators = await evaluateValidators(document);
    const events = [...Object.values(document.clientToServer), ...Object.values(document.serverToClient)];
    for (const { payload, examples } of events) {
      const validator = validators.get(payload?.$ref.slice('#/$defs/'.length) ?? '');
      for (const example of examples) expect(validator?.issues(example)).toEqual([]);
    }
  });

  /** Bytes of a module as a page loads it. */
  async function sizeOf(text: string): Promise<number> {
    const { code } = await transform(text, { minify: true, format: 'esm' });
    return gzipSync(code, { level: 9 }).length;
  }

  test('are small: minified and compressed', async () => {
    const { checks, issues } = emitValidators(document);
    expect(await sizeOf(checks)).toBeLessThan(2_900);
    expect(await sizeOf(issues)).toBeLessThan(2_700);
  });
});
