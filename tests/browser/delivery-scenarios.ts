import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { listAccessibilityFaults } from './accessibility';
import { type ChatWindow, listTexts, measureOverflow } from './chat-window';
import { openProxy } from './cuttable-proxy';
import { startDemo } from './demo-process';

/** Opens a window of a person at an address. */
export type Open = (name: string, url: string, options?: object) => Promise<ChatWindow>;

const PAGE_DIRECTORY = fileURLToPath(new URL('../../apps/demo/dist/page', import.meta.url));
const RESULTS = fileURLToPath(new URL('../test-results/', import.meta.url));
const AT_NIGHT = { colorScheme: 'dark' } as const;
const PHONE_AT_NIGHT = { ...AT_NIGHT, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const NUMBERS = [0, 1, 2, 3, 4];

/** The browser reports every attempt that found no server. */
function forgetLostConnections({ faults }: ChatWindow): void {
  const others = faults
    .splice(0)
    .filter((fault) => !/ERR_(CONNECTION|EMPTY|SOCKET|NETWORK)|WebSocket/.test(fault));
  faults.push(...others);
}

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-demo-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Reloads a page whose server is away, from the files it was built into. */
async function reloadOffline(page: Page): Promise<void> {
  const isFile = ({ pathname }: URL) => !/^\/(api|socket\.io)\//.test(pathname);
  await page.route(isFile, (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: join(PAGE_DIRECTORY, pathname === '/' ? 'index.html' : pathname) });
  });
  await page.reload();
  await page.unroute(isFile);
}

const sayAll = async (window: ChatWindow, texts: readonly string[]) => {
  for (const text of texts) await window.say(text);
};

const textsOf = (name: string) => ({
  live: NUMBERS.map((number) => `${name} live ${number}`),
  away: NUMBERS.slice(0, 2).map((number) => `${name} away ${number}`),
});

async function waitUntilSent(window: ChatWindow, text: string): Promise<void> {
  await window.messages.locator('[data-message-id]').filter({ hasText: text }).waitFor();
}

async function expectWaiting(window: ChatWindow, text: string): Promise<void> {
  await window.page
    .getByRole('status')
    .getByText(/waiting$/)
    .waitFor();
  await window.message(text).getByText('Waiting to be sent').waitFor();
}

/** The server dies while two people write; it comes back, and nothing is lost, doubled or out of order. */
export async function surviveACrash(open: Open): Promise<void> {
  const environment = { WIREPACT_DATABASE: join(await createFolder(), 'demo.db') };
  const first = await startDemo(environment);
  onTestFinished(() => first.kill());
  const url = `${first.url}/#${randomUUID()}`;
  const [ada, grace] = [await open('Ada', url), await open('Grace', url, PHONE_AT_NIGHT)];
  const said = { ada: textsOf('Ada'), grace: textsOf('Grace') };
  await ada.say('Before it all');
  await waitUntilSent(grace, 'Before it all');

  const writing = Promise.all([sayAll(ada, said.ada.live), sayAll(grace, said.grace.live)]);
  await waitUntilSent(grace, 'Ada live 1');
  await first.kill();
  await writing;
  for (const window of [ada, grace])
    await window.page.getByRole('status').getByText('Reconnecting…').waitFor();
  await Promise.all([sayAll(ada, said.ada.away), sayAll(grace, said.grace.away)]);
  await expectWaiting(ada, 'Ada away 1');
  await ada.page.screenshot({ path: `${RESULTS}demo-waiting.png` });
  expect(await listAccessibilityFaults(ada.page)).toEqual([]);
  await reloadOffline(grace.page);
  await expectWaiting(grace, 'Grace away 1');
  expect(await measureOverflow(grace.page)).toBe(0);
  await grace.page.screenshot({ path: `${RESULTS}demo-waiting-reloaded.png` });

  const second = await startDemo({ ...environment, PORT: new URL(first.url).port });
  onTestFinished(async () => void (await second.stop()));
  for (const window of [ada, grace]) {
    await window.page.getByRole('status').getByText('Connected').waitFor();
    for (const text of ['Ada away 1', 'Grace away 1']) await waitUntilSent(window, text);
    forgetLostConnections(window);
  }
  const texts = await listTexts(ada);
  expect(await listTexts(grace)).toEqual(texts);
  expect(texts[0]).toBe('Before it all');
  for (const [name, { live, away }] of [['Ada', said.ada] as const, ['Grace', said.grace] as const])
    expect(texts.filter((text) => text.startsWith(name))).toEqual([...live, ...away]);
  expect(texts).toHaveLength(15);
}

/** What somebody wrote while the server was away goes out at once when it is back, and is more than it takes. */
export async function reachTheRateLimit(open: Open): Promise<void> {
  const environment = { WIREPACT_DATABASE: join(await createFolder(), 'demo.db') };
  const first = await startDemo(environment);
  onTestFinished(() => first.kill());
  const ada = await open('Ada', first.url);
  // All of the page is there.
  await ada.page.getByText('1 here').waitFor();
  await first.kill();
  await ada.page.getByRole('status').getByText('Reconnecting…').waitFor();
  const texts = NUMBERS.map((number) => `Message ${number}`);
  await sayAll(ada, texts);

  // It counts for seconds only: whoever looks afterwards may miss it.
  const notice = ada.page.getByRole('alert').filter({ hasText: 'RATE_LIMITED' });
  const counts = notice.getByText(/You can go on in \d+ s/).waitFor();
  const limits = { WIREPACT_RATE_LIMIT_POINTS: '4', WIREPACT_RATE_LIMIT_SECONDS: '5' };
  const second = await startDemo({ ...environment, ...limits, PORT: new URL(first.url).port });
  onTestFinished(async () => void (await second.stop()));
  await counts;
  await ada.page.screenshot({ path: `${RESULTS}demo-rate-limit.png` });
  await waitUntilSent(ada, texts.at(-1) ?? '');
  expect(await listTexts(ada)).toEqual(texts);
  forgetLostConnections(ada);
}

/** A channel is deleted while somebody who is away writes to it: what failed says so, and can be sent or dropped. */
export async function loseTheChannel(open: Open, demoUrl: string): Promise<void> {
  const proxy = await openProxy(demoUrl);
  onTestFinished(() => proxy.close());
  const hash = `#${randomUUID()}`;
  const [ada, grace] = [
    await open('Ada', `${proxy.url}/${hash}`, AT_NIGHT),
    await open('Grace', `${demoUrl}/${hash}`),
  ];
  proxy.cut();
  await ada.page.getByRole('status').getByText('Reconnecting…').waitFor();
  await sayAll(ada, ['To be retried', 'To be discarded']);
  await expectWaiting(ada, 'To be discarded');
  await grace.button('Delete channel').click();
  await grace.dialog().getByRole('button', { name: 'Delete channel' }).click();
  await grace.page.getByRole('heading', { name: 'Lobby' }).waitFor();
  proxy.restore();

  await ada.page.getByText('2 messages of yours were not sent').waitFor();
  await ada.button('Begin anew').click();
  const failed = ada.message('Not sent. This channel does not exist any more.');
  await failed.nth(1).waitFor();
  await ada.page.screenshot({ path: `${RESULTS}demo-failed.png` });
  expect(await listAccessibilityFaults(ada.page)).toEqual([]);
  await ada.message('To be discarded').getByRole('button', { name: 'Discard' }).click();
  await ada.message('To be discarded').waitFor({ state: 'detached' });
  await ada.message('To be retried').getByRole('button', { name: 'Retry' }).click();
  await waitUntilSent(ada, 'To be retried');
  forgetLostConnections(ada);
}
