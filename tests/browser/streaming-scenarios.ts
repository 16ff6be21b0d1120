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

/** Who reads old messages stays where they are while older ones are loaded. */
export async function readHistory(open: Open, demoUrl: string): Promise<void> {
  const id = randomUUID();
  const chat = createChatClient(demoUrl, { entityId: 'bob', entityName: 'Bob' });
  onTestFinished(() => chat.close());
  const channel = await chat.join(id);
  for (let number = 1; number <= 70; number += 1) await channel.send(`Message number ${number}.`);
  const ada = await open('Ada', `${demoUrl}/#${id}`);
  // The agent may still be answering, so that nobody knows which message is the first of the page.
  const idOfFirst = () => ada.messages.locator('[data-message-id]').first().getAttribute('data-message-id');
  await ada.messages.evaluate((element) => element.scrollTo(0, 0));
  const firstId = await idOfFirst();
  const first = ada.messages.locator(`[data-message-id="${firstId}"]`);
  const before = await first.boundingBox();
  await ada.button('Show earlier messages').click();
  await expect.poll(idOfFirst).not.toBe(firstId);
  const after = await first.boundingBox();
  // The button above it is gone, and nothing else has moved.
  expect(Math.abs(Number(after?.y) - Number(before?.y))).toBeLessThan(60);
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
