/// <reference lib="dom" />
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { findChromium, launchChromium } from '../browser/chromium';
import { buildPage, clientInPage, servePage } from './built-page';

const LEAVE_NOWHERE = `
const refusal = await chat.request('leave_channel', { channelId: 'nowhere' }).catch((error: unknown) => error);
const { code, issues } = Object(refusal);
console.log('refused', code, JSON.stringify(issues));
`;

/** What a page did: what it printed, what went wrong in it, and which files it asked for. */
async function watchPage(browser: Browser, url: string) {
  const page = await browser.newPage();
  const lines: string[] = [];
  const faults: string[] = [];
  const files: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('request', (request) => files.push(new URL(request.url()).pathname));
  page.on('console', (message) => {
    (['error', 'warning'].includes(message.type()) ? faults : lines).push(message.text());
  });
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`${violatedDirective} ${blockedURI}`),
    ),
  );
  await page.goto(url);
  return { page, lines, faults, files };
}

const chromium = await findChromium();

test.skipIf(!chromium)('the README’s client works in a page that may evaluate no code', async () => {
  const folder = await buildPage(clientInPage(LEAVE_NOWHERE));
  const { url } = await servePage(folder);
  const browser = await launchChromium(chromium);
  onTestFinished(() => browser.close());
  const { page, lines, faults, files } = await watchPage(browser, url);
  await expect.poll(() => lines.join('\n')).toMatch(/^Echo: You said: Hello!$/m);
  await expect.poll(() => lines).toContainEqual(expect.stringMatching(/^refused /));
  expect(lines.filter((line) => line.startsWith('refused'))).toEqual([
    'refused INVALID_UUID [{"path":"/channelId","message":"must be a valid uuid","keyword":"format:uuid"}]',
  ]);
  // The lister of issues is a file of its own, which came only when something was wrong.
  expect(files.filter((file) => /\/issues-[^/]*\.js$/.test(file))).toHaveLength(1);
  expect(faults).toEqual([]);

  await page.evaluate(() => {
    const image = document.createElement('img');
    image.src = '/forbidden.png';
    document.body.append(image);
  });
  await expect.poll(() => faults).toContainEqual(expect.stringMatching(/^img-src .*forbidden\.png$/));
});

test('nothing in a page that was built makes code out of text', async () => {
  const folder = join(await buildPage(clientInPage(LEAVE_NOWHERE)), 'assets');
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(1);
  const found = scripts.flatMap(
    (name) =>
      readFileSync(join(folder, name), 'utf8').match(/\beval\b|\bnew Function\b|\bFunction\([^)]*\)/g) ?? [],
  );
  // engine.io-client's way to the global object where there is neither `self` nor `window`, in no page.
  expect(found.filter((text) => !/^Function\(.return this.\)$/.test(text))).toEqual([]);
});
