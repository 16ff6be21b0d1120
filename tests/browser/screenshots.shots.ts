import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChatWindow, openWindow } from './chat-window';
import { findChromium, launchChromium } from './chromium';
import { buildDemo, type DemoProcess, startDemo } from './demo-process';
import { type ModelServer, startModel } from './model-server';

const IMAGES = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const ANSWER = [
  'A **contract** says it once, for both ends:\n\n',
  '- the type of every payload\n- its check at run time\n- the acknowledgement and its error codes\n\n',
  'So what the page sends is what the server ',
];

const LOOKS: readonly (readonly [name: string, options: BrowserContextOptions])[] = [
  ['demo-light', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
  ['demo-dark', { colorScheme: 'dark', viewport: { width: 1280, height: 800 } }],
  ['demo-phone', { colorScheme: 'light', viewport: { width: 390, height: 780 }, deviceScaleFactor: 2 }],
];

let browser: Browser;
let demo: DemoProcess;
let model: ModelServer;

beforeAll(async () => {
  await mkdir(IMAGES, { recursive: true });
  await buildDemo();
  browser = await launchChromium(await findChromium());
  model = await startModel();
  demo = await startDemo(model.environment);
});

afterAll(async () => {
  await browser.close();
  await demo.stop();
  model.close();
});

/** Two people talk, and an answer is under way. */
async function converse(ada: ChatWindow, grace: ChatWindow): Promise<void> {
  const asked = model.asked();
  await grace.say('Good morning! Our Socket.IO events have no types.');
  await expect.poll(model.asked).toBe(asked + 1);
  model.say('Good morning, Grace! Then they are a contract that nobody wrote down.');
  model.end();
  await ada.waitForAnswers(1);
  await ada.messages.getByText('Grace is writing…').waitFor({ state: 'detached' });
  await ada.say('What would it give us to write it down?');
  await expect.poll(model.asked).toBe(asked + 2);
  for (const part of ANSWER) model.say(part);
  await ada.messages.getByText('So what the page sends').waitFor();
  await grace.composer.pressSequentially('And old clients');
  await ada.messages.getByText('Grace is writing…').waitFor();
}

for (const [name, options] of LOOKS) {
  test(name, async () => {
    const url = `${demo.url}/#${randomUUID()}`;
    const ada = await openWindow(browser, url, 'Ada', options);
    const grace = await openWindow(browser, url, 'Grace');
    await converse(ada, grace);
    await ada.page.screenshot({ path: `${IMAGES}${name}.png` });
    model.end();
    await grace.close();
    await ada.close();
  });
}
