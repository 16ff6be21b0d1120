import { expect, test } from 'vitest';
import { weighBundle } from '../../bench/src/bundle-size';
import { PAGES } from '../../bench/src/pages';

/** Bytes, minified and compressed: 1.32 times Socket.IO's client. */
const MAX_ONE_FILE = 18_400;

const conditions = ['@wirepact/source'];

test('a page with all checks and lists of issues, in one file, is small', async () => {
  const [plain, split, oneFile] = await Promise.all([
    weighBundle(PAGES.plain, { splitting: false, conditions }),
    weighBundle(PAGES.checked, { splitting: true, conditions }),
    weighBundle(PAGES.checked, { splitting: false, conditions }),
  ]);
  console.log(
    `socket.io-client: ${plain.whole} bytes; with checks, at once: ${split.initial}; all in one file: ${oneFile.whole}`,
  );
  expect(oneFile.whole).toBeLessThanOrEqual(MAX_ONE_FILE);
  // The lister of issues is a file of its own, which the page does not load at once.
  expect(split.whole - split.initial).toBeGreaterThan(1_000);
  expect(split.initial).toBeLessThan(oneFile.whole);
});
