import { expect, onTestFinished, test, vi } from 'vitest';
import { readCodeBlocks, runCodeBlock } from './code-blocks';

test('the contract of the page on conformance is served and checked', async () => {
  const [code = ''] = readCodeBlocks('docs/conformance.md');
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.stubEnv('LOG_LEVEL', 'silent');
  onTestFinished(() => {
    vi.unstubAllEnvs();
    log.mockRestore();
  });
  const { checks } = await runCodeBlock(code, { 'listen(3001)': 'listen(0)' });
  const lines = log.mock.calls.flat().map(String);
  expect(lines).toHaveLength(Object(checks).length);
  expect(lines.filter((line) => !/: right$/.test(line)).length).toBeLessThan(5);
});
