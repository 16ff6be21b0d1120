import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { findChromium, launchChromium } from '../browser/chromium';
import { startExample } from './example-process';

const RESULTS = fileURLToPath(new URL('../test-results/', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('../../examples/board/', import.meta.url));
const COLUMNS = ['todo', 'doing', 'done'];

const chromium = await findChromium();

/** A page with the board; while it is deaf, nothing that the server says reaches it. */
async function openBoard(browser: Browser, url: string) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 560 } });
  const board = { page, faults: [] as string[], isDeaf: false };
  page.on('pageerror', ({ message }) => board.faults.push(message));
  await page.routeWebSocket('**/socket.io/**', (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (!board.isDeaf) socket.send(message);
    });
  });
  await page.goto(url);
  await untilLive(page);
  await page.getByText('Write the contract').waitFor();
  return board;
}

const untilLive = (page: Page) => page.locator('#state', { hasText: 'live' }).waitFor();

/** The cards that a page shows, by their columns. */
const read = (page: Page) =>
  Promise.all(COLUMNS.map((column) => page.locator(`#${column} li`).allTextContents()));

/** Takes a card up; the function that is answered puts it down in a column. */
async function pickUp(page: Page, card: string): Promise<(column: string) => Promise<void>> {
  await page.getByText(card).hover();
  await page.mouse.down();
  const move = async (column: string) => {
    await page.locator(`#${column} ol`).hover({ position: { x: 100, y: 200 } });
    await page.locator(`#${column} ol`).hover({ position: { x: 110, y: 205 } });
  };
  await move('doing');
  return async (column) => {
    await move(column);
    await page.mouse.up();
    await page.locator(`#${column} li`, { hasText: card }).waitFor();
  };
}

/** The moves in the journal of the board, as a client is told that hears of all of them. */
async function readMoves(url: string): Promise<string[]> {
  const socket = io(url, { forceNew: true });
  onTestFinished(() => void socket.close());
  const moves: string[] = [];
  socket.on('cardMoved', ({ cardId, column }) => moves.push(`${cardId}: ${column}`));
  const join = { room: 'board', id: 'first' };
  const { data } = await socket.emitWithAck('wirepact:join', join);
  await socket.emitWithAck('wirepact:join', { ...join, resume: { epoch: data.epoch, seq: 0 } });
  return moves.sort();
}

test.skipIf(!chromium)('every page of the board agrees after its server was killed in mid-drag', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'board-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const environment = { DATABASE: join(folder, 'board.db') };
  const [browser, server] = await Promise.all([launchChromium(chromium), startExample('board', environment)]);
  onTestFinished(() => browser.close());
  const startAgain = () => startExample('board', { ...environment, PORT: new URL(server.url).port });
  const [ada, bob] = [await openBoard(browser, server.url), await openBoard(browser, server.url)];
  const agree = async (columns: string[][]) => {
    await Promise.all([untilLive(ada.page), untilLive(bob.page)]);
    for (const { page } of [ada, bob]) await expect.poll(() => read(page)).toEqual(columns);
  };

  // Ada drags while Bob moves a card, and while the server ends.
  const putDown = await pickUp(ada.page, 'Pull the plug');
  await (await pickUp(bob.page, 'Serve it'))('done');
  await ada.page.locator('#done li', { hasText: 'Serve it' }).waitFor();
  await server.kill();
  await putDown('done');
  await bob.page.locator('#state', { hasText: 'rejoining' }).waitFor();
  await (await pickUp(bob.page, 'Draw the page'))('todo');
  await ada.page.screenshot({ path: `${RESULTS}board-away.png` });
  const second = await startAgain();
  await agree([
    ['Draw the page', 'See every page agree'],
    [],
    ['Pull the plug', 'Serve it', 'Write the contract'],
  ]);

  // A move takes place, but the server ends before Ada is told.
  ada.isDeaf = true;
  await (await pickUp(ada.page, 'See every page agree'))('doing');
  await bob.page.locator('#doing li', { hasText: 'See every page agree' }).waitFor();
  await second.kill();
  ada.isDeaf = false;
  await startAgain();
  const expected = [
    ['Draw the page'],
    ['See every page agree'],
    ['Pull the plug', 'Serve it', 'Write the contract'],
  ];
  await agree(expected);
  // What Ada sends next has to wait for the answer to what she sent before.
  await (await pickUp(ada.page, 'Write the contract'))('done');
  await expect.poll(async () => (await readMoves(server.url)).length).toBe(5);

  const late = await openBoard(browser, server.url);
  expect(await read(late.page)).toEqual(expected);
  expect(await readMoves(server.url)).toEqual([
    'Draw the page: todo',
    'Pull the plug: done',
    'See every page agree: doing',
    'Serve it: done',
    'Write the contract: done',
  ]);
  await late.page.screenshot({ path: `${RESULTS}board.png` });
  expect([ada, bob, late].flatMap(({ faults }) => faults)).toEqual([]);
});

test('the board stays as small as it is said to be', () => {
  const lines = (name: string) => readFileSync(join(EXAMPLE, name), 'utf8').split('\n').length;
  expect(lines('server.ts')).toBeLessThan(40);
  expect(lines('page.ts')).toBeLessThan(60);
});
