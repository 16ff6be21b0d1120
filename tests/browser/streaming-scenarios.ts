import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createChatClient } from '@wirepact/client';
import { expect, onTestFinished } from 'vitest';
import { listAccessibilityFaults } from './accessibility';
import type { ChatWindow } from './chat-window';
import type { Open } from './delivery-scenarios';
import { startDemo } from './demo-process';
import { startModel } from './model-server';

const RESULTS = fileURLToPath(new URL('../test-results/', import.meta.url));

const growing = ({ messages }: ChatWindow) => messages.locator('.message[aria-busy=true]');
const thinking = (window: ChatWindow) => growing(window).getByText('Assistant is thinking');
const answers = ({ messages }: ChatWindow) =>
  messages.locator('[data-message-id]').filter({ hasText: 'Assistant' });

/** A demo whose model says what the test has it say, with two people in one channel. */
async function start(open: Open) {
  const model = await startModel();
  onTestFinished(() => model.close());
  const demo = await startDemo(model.environment);
  onTestFinished(async () => void (await demo.stop()));
  const url = `${demo.url}/#${randomUUID()}`;
  const [ada, grace] = [await open('Ada', url), await open('Grace', url)];
  return { model, ada, grace };
}

/** An answer grows in every window, also in one that is reloaded meanwhile, and is one message at its end. */
export async function followAnAnswer(open: Open): Promise<void> {
  const { model, ada, grace } = await start(open);
  await ada.say('What is a wire?');
  await expect.poll(model.asked).toBe(1);
  for (const window of [ada, grace]) await thinking(window).waitFor();
  model.say('A wire is ');
  for (const window of [ada, grace]) {
    await growing(window).getByText('A wire is').waitFor();
    await thinking(window).waitFor({ state: 'detached' });
  }
  expect(await listAccessibilityFaults(ada.page)).toEqual([]);
  await ada.page.screenshot({ path: `${RESULTS}demo-streaming.png` });
  await grace.page.reload();
  await growing(grace).getByText('A wire is').waitFor();
  model.say('a pact.');
  model.end();
  for (const window of [ada, grace]) {
    await answers(window).waitFor();
    expect(await answers(window).locator('.message__text').textContent()).toBe('A wire is a pact.');
    await growing(window).waitFor({ state: 'detached' });
    await window.button('Stop').waitFor({ state: 'detached' });
  }
}

/** One of them stops an answer; what was said stays, marked so, for everybody. */
export async function stopAnAnswer(open: Open): Promise<void> {
  const { model, ada, grace } = await start(open);
  await ada.say('Tell me everything.');
  await expect.poll(model.asked).toBe(1);
  model.say('In the beginning');
  await growing(grace).getByText('In the beginning').waitFor();
  await grace.button('Stop').click();
  for (const window of [ada, grace]) {
    await answers(window).getByText('Stopped').waitFor();
    await answers(window).getByText('In the beginning').waitFor();
    await window.button('Stop').waitFor({ state: 'detached' });
  }
}

const LOADED = 120;

/** Writes so many messages to a channel that they take several pages of history. */
async function fillChannel(url: string): Promise<void> {
  const chat = createChatClient(new URL(url).origin, { entityId: 'bob', entityName: 'Bob' });
  const channel = await chat.join(new URL(url).hash.slice(1));
  const texts = Array.from(
    { length: LOADED },
    (_, index) => `Message number ${index + 1}. ${'It takes a line more. '.repeat((index % 4) * 5)}`,
  );
  // No more than may wait at once.
  for (const half of [texts.slice(0, LOADED / 2), texts.slice(LOADED / 2)])
    await Promise.all(half.map((text) => channel.send(text)));
  await chat.close();
}

/** What is looked at: the first message that is whole in the window, and where it is. */
const readPlace = ({ messages }: ChatWindow) =>
  messages.evaluate((log) => {
    const top = log.getBoundingClientRect().top;
    const shown = [...log.querySelectorAll('[data-message-id]')];
    const row = shown.find((one) => one.getBoundingClientRect().top >= top);
    return {
      id: row?.getAttribute('data-message-id'),
      y: row?.getBoundingClientRect().top,
      fromEnd: log.scrollHeight - log.scrollTop - log.clientHeight,
    };
  });

const placeOf = async ({ messages }: ChatWindow, id: string | null | undefined) =>
  (await messages.locator(`[data-message-id="${id}"]`).boundingBox())?.y;

/** Rows of the log: how many there are, and how many of them the browser has laid out. */
const countRows = ({ messages }: ChatWindow) =>
  messages.locator('.message').evaluateAll((rows) => ({
    all: rows.length,
    laidOut: rows.filter((row) => row.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }))
      .length,
  }));

/** Who reads old messages stays where they are while older ones are loaded above and an answer grows below. */
export async function readHistory(open: Open): Promise<void> {
  const { model, ada } = await start(open);
  await fillChannel(ada.page.url());
  await ada.message(`Message number ${LOADED}.`).waitFor();
  await ada.page.reload();
  await ada.message(`Message number ${LOADED}.`).waitFor();
  for (let pages = 1; pages <= 2; pages += 1) {
    await ada.messages.evaluate((log) => log.scrollTo(0, 0));
    // What is above the first message is gone, or pushed out of the window, once there are older ones.
    await expect.poll(async () => (await readPlace(ada)).fromEnd).toBeGreaterThan(100);
    const { all } = await countRows(ada);
    const { id, y } = await readPlace(ada);
    await ada.button('Show earlier messages').click();
    await expect.poll(async () => (await countRows(ada)).all).toBeGreaterThan(all);
    expect(Math.abs(Number(await placeOf(ada, id)) - Number(y))).toBeLessThan(60);
  }
  await ada.button('Show earlier messages').waitFor({ state: 'detached' });
  const rows = await countRows(ada);
  expect(rows.all).toBeGreaterThan(LOADED);
  expect(rows.laidOut).toBeLessThan(rows.all / 2);

  const { id, y } = await readPlace(ada);
  for (let line = 1; line <= 30; line += 1) model.say(`Line ${line} of the answer.\n\n`);
  await growing(ada).getByText('Line 30 of the answer.').waitFor({ state: 'attached' });
  expect(await placeOf(ada, id)).toBe(y);

  await ada.button('Newest').click();
  await expect.poll(async () => (await readPlace(ada)).fromEnd).toBeLessThan(2);
  await ada.button('Newest').waitFor({ state: 'detached' });
  for (let line = 31; line <= 60; line += 1) model.say(`Line ${line} of the answer.\n\n`);
  await growing(ada).getByText('Line 60 of the answer.').waitFor();
  await expect.poll(async () => (await readPlace(ada)).fromEnd).toBeLessThan(2);
}

/** People see how many are there, and who is writing. */
export async function seeWhoWrites(open: Open): Promise<void> {
  const { model, ada, grace } = await start(open);
  for (const window of [ada, grace]) await window.page.getByText('2 here').waitFor();
  await grace.say('Good morning');
  await expect.poll(model.asked).toBe(1);
  model.end();
  await ada.message('Good morning').waitFor();
  await grace.composer.pressSequentially('I am ');
  await ada.messages.getByText('Grace is writing…').waitFor();
  expect(await grace.messages.getByText('is writing…').count()).toBe(0);
  await grace.composer.fill('');
  await ada.messages.getByText('Grace is writing…').waitFor({ state: 'detached' });
  await grace.page.close();
  await ada.page.getByText('1 here').waitFor();
}
