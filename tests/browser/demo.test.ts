import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listAccessibilityFaults } from './accessibility';
import { type ChatWindow, listTexts, measureOverflow, openWindow } from './chat-window';
import { findChromium, launchChromium } from './chromium';
import { loseTheChannel, reachTheRateLimit, surviveACrash } from './delivery-scenarios';
import { buildDemo, type DemoProcess, startDemo, startFailingDemo } from './demo-process';
import { readTheContract, readTheContractOnAPhone } from './inspector-scenarios';
import { readMarkdown, seeAttachments } from './markdown-scenarios';
import { seeMetrics } from './metrics-scenarios';
import { followAnAnswer, readHistory, seeWhoWrites, stopAnAnswer } from './streaming-scenarios';

const chromium = await findChromium();
const RESULTS = fileURLToPath(new URL('../test-results/', import.meta.url));
const LONG_WORD = `https://example.org/${'a-rather-long-path-segment-'.repeat(8)}`;

describe.skipIf(!chromium)('the demo in a browser', () => {
  let browser: Browser;
  let demo: DemoProcess;
  const windows: ChatWindow[] = [];

  beforeAll(async () => {
    [browser] = await Promise.all([launchChromium(chromium), buildDemo()]);
    demo = await startDemo();
  });

  afterAll(async () => {
    await browser?.close();
    if (demo) expect(await demo.stop()).toBe(0);
  });

  afterEach(async () => {
    const faults = windows.flatMap((window) => window.faults);
    await Promise.all(windows.splice(0).map((window) => window.close()));
    expect(faults).toEqual([]);
  });

  async function open(name: string, url = `${demo.url}/#${randomUUID()}`, options = {}): Promise<ChatWindow> {
    const window = await openWindow(browser, url, name, options);
    windows.push(window);
    return window;
  }

  async function openTwo(): Promise<[ChatWindow, ChatWindow]> {
    const url = `${demo.url}/#${randomUUID()}`;
    return [await open('Ada', url), await open('Grace', url)];
  }

  test('two windows exchange messages, Eliza answers, a third finds it all, and what is said elsewhere is counted', async () => {
    const [ada, grace] = await openTwo();
    await ada.say('Hello, my mother called');
    await grace.message('Hello, my mother called').filter({ hasText: 'Ada' }).waitFor();

    const answer = grace.message('Agent').first();
    await answer.waitFor();
    await grace.waitForAnswers(1);
    await answer.getByText('Thought').click();
    await answer.getByText('matched the rule “family”').waitFor();
    await answer.getByText('Ask back: mother').waitFor();

    await grace.say('Hi Ada');
    await ada.message('Hi Ada').filter({ hasText: 'Grace' }).waitFor();
    expect(await ada.message('Hello, my mother called').count()).toBe(1);

    // Once the answer to that is there, too, history has all four.
    await ada.messages.locator('[data-message-id]').nth(3).waitFor();
    const edsger = await open('Edsger', ada.page.url());
    await edsger.message('Hello, my mother called').filter({ hasText: 'Ada' }).waitFor();
    expect(await listTexts(edsger)).toEqual(['Hello, my mother called', 'Hi Ada']);
    expect(await edsger.messages.locator('[data-message-id]').count()).toBe(4);

    await ada.button('New channel').click();
    await ada.dialog().getByLabel('Name').fill('Second room');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByRole('heading', { name: 'Second room' }).waitFor();
    await grace.say('Where did you go?');
    await ada.page.getByRole('link', { name: /Untitled channel 1 unread/ }).waitFor();
  });

  test('what is deleted, cleared or renamed is so everywhere, and a deleted channel can be begun anew', async () => {
    const [ada, grace] = await openTwo();
    await ada.say('To be deleted');
    await ada.waitForAnswers(1);
    await grace.message('To be deleted').hover();
    await grace.message('To be deleted').getByRole('button', { name: 'Delete message from Ada' }).click();
    await ada.message('To be deleted').waitFor({ state: 'detached' });

    await grace.say('To be cleared');
    await ada.waitForAnswers(2);
    await ada.button('Clear messages').click();
    await ada.dialog().getByRole('button', { name: 'Clear messages' }).click();
    await grace.messages.getByText('Nothing said yet').waitFor();
    await ada.messages.getByText('Nothing said yet').waitFor();

    await ada.button('Rename channel').click();
    await ada.dialog().getByLabel('Name').fill('Release planning');
    await ada.dialog().getByLabel('Topic').fill('What goes out on Friday');
    await ada.page.keyboard.press('Enter');
    for (const window of [ada, grace]) {
      await window.page.getByRole('heading', { name: 'Release planning' }).waitFor();
      await window.page.getByRole('link', { name: 'Release planning' }).waitFor();
      await window.page.getByText('What goes out on Friday').waitFor();
    }

    await ada.button('Delete channel').click();
    await ada.dialog().getByRole('button', { name: 'Delete channel' }).click();
    await ada.page.getByRole('heading', { name: 'Lobby' }).waitFor();

    await grace.page.getByText('This channel was deleted').waitFor();
    await grace.page.getByRole('link', { name: 'Go to Lobby' }).waitFor();
    await grace.button('Begin anew').click();
    await grace.messages.getByText('Nothing said yet').waitFor();
    await grace.say('Still here');
    await grace.message('Still here').waitFor();
  });

  test('the log follows its filters, and waits while it is paused', async () => {
    const ada = await open('Ada');
    const entries = ada.page.getByRole('log', { name: 'Log entries' });
    const infos = entries.locator('[data-level=info]');
    await ada.say('I had a dream');
    await infos.filter({ hasText: 'answering with the rule dream' }).waitFor();
    const sent = entries.locator('[data-level=debug]').filter({ hasText: 'send_message handled' });
    await sent
      .filter({ hasText: /for you in [\d.]+ ms/ })
      .first()
      .waitFor();

    await ada.page.getByLabel('Level from').selectOption('warn');
    await infos.first().waitFor({ state: 'detached' });
    await ada.say('because');
    await ada.waitForAnswers(2);
    await ada.page.request.get(`${demo.url}/api/nothing-here`);
    await entries.locator('[data-level=warn]').filter({ hasText: 'nothing-here' }).waitFor();
    expect(await infos.count()).toBe(0);

    await ada.page.getByLabel('Level from').selectOption('debug');
    await ada.page.getByLabel('Category').selectOption('agent');
    await ada.page.getByRole('combobox', { name: 'Agent' }).selectOption({ label: 'Eliza' });
    await ada.button('Pause log').click();
    const before = await infos.filter({ hasText: 'rule apology' }).count();
    await ada.say('sorry');
    await ada.waitForAnswers(3);
    expect(await infos.filter({ hasText: 'rule apology' }).count()).toBe(before);
    await ada.button('Resume log').click();
    await infos.filter({ hasText: 'rule apology' }).waitFor();
    expect(await entries.locator('[data-level=warn]').count()).toBe(0);
  });

  test('an answer grows in every window, and is one message at its end', () => followAnAnswer(open));

  test('an answer that is stopped stays as far as it was said', () => stopAnAnswer(open));

  test('who reads a long history stays where they are, and follows the newest again', () =>
    readHistory(open));

  test('people see who is there and who is writing', () => seeWhoWrites(open));

  test('what goes over the wire is shown with its answer and what the contract says of it', () =>
    readTheContract(open));

  test('messages are Markdown, and a hostile one does nothing', () => readMarkdown(open));

  test('what comes with a message is a link or a picture', () => seeAttachments(open, demo.url));

  test('a rate limit is explained, counted down, and the messages go out by themselves', () =>
    reachTheRateLimit(open));

  test('a crash of the server loses, doubles and reorders nothing, and a reload keeps what waits', () =>
    surviveACrash(open));

  test('what cannot be sent any more says why, and can be sent again or discarded', () =>
    loseTheChannel(open, demo.url));

  test('a database that cannot be opened is told in one line', async () => {
    const { code, output } = await startFailingDemo({ WIREPACT_DATABASE: '/nowhere/demo.db' });
    expect(code).toBe(1);
    expect(output).toMatch(/^The demo cannot start: Cannot open the database \/nowhere\/demo\.db: [^\n]+\n$/);
  });

  test('a text too long is refused in words, the keyboard is enough, and name and theme are remembered', async () => {
    const ada = await open('Ada');
    await ada.composer.fill('x'.repeat(65_600));
    await ada.composer.press('Enter');
    const notice = ada.page.getByRole('alert');
    await notice.getByText('INVALID_PAYLOAD').waitFor();
    await notice.getByText(/^The message must/).waitFor();
    await ada.page.getByText('65,600 / 65,536').waitFor();
    expect(await ada.composer.inputValue()).toHaveLength(65_600);
    await ada.messages.getByText('Nothing said yet').waitFor();
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await notice.waitFor({ state: 'detached' });
    await ada.composer.fill('');

    const { keyboard } = ada.page;
    await ada.composer.focus();
    await keyboard.type('First line');
    await keyboard.press('Shift+Enter');
    await keyboard.type('second line');
    await keyboard.press('Enter');
    const sent = ada.messages.locator('[data-message-id]').filter({ hasText: 'First line' });
    await sent.waitFor();
    expect(await sent.locator('.message__text').textContent()).toBe('First line\nsecond line');
    expect(await ada.composer.inputValue()).toBe('');

    const rename = ada.button('Rename channel');
    await rename.focus();
    await keyboard.press('Enter');
    await ada.dialog().waitFor();
    await keyboard.press('Escape');
    await ada.dialog().waitFor({ state: 'detached' });
    expect(await rename.evaluate((element) => element === document.activeElement)).toBe(true);

    await ada.button('Use the dark theme').click();
    await ada.page.reload();
    await ada.button('Use the light theme').waitFor();
    await ada.button(/Change name/).waitFor();
    expect(await ada.dialog().count()).toBe(0);
  });

  test('a phone shows one panel at a time, and nothing has to be scrolled sideways', async () => {
    const viewport = { width: 360, height: 740 };
    const ada = await open('Ada', undefined, { viewport, hasTouch: true, isMobile: true });
    await ada.say(`Look at ${LONG_WORD} and ${'w'.repeat(200)}`);
    await ada.message('Agent').waitFor();
    for (const panel of ['Channels', 'Log', 'Chat']) {
      await ada.page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: panel }).click();
      expect(await measureOverflow(ada.page)).toBe(0);
      await ada.page.screenshot({ path: `${RESULTS}demo-phone-${panel.toLowerCase()}.png` });
      if (panel === 'Log') await readTheContractOnAPhone(ada);
    }
  });

  test('whoever runs it sees its metrics live', () => seeMetrics(browser, open));

  test('it is accessible, in light and in dark', async () => {
    const ada = await open('Ada', demo.url, { reducedMotion: 'reduce' });
    await ada.say('Hello, Eliza. My project is late again, and I am tired.');
    await ada.waitForAnswers(1);
    await ada.say(`I remember ${LONG_WORD}`);
    await ada.waitForAnswers(2);
    await ada.messages.getByText('Thought').last().click();
    for (const colorScheme of ['light', 'dark'] as const) {
      await ada.page.emulateMedia({ colorScheme });
      expect(await measureOverflow(ada.page)).toBe(0);
      await ada.page.screenshot({ path: `${RESULTS}demo-${colorScheme}.png` });
      expect(await listAccessibilityFaults(ada.page)).toEqual([]);
      await ada.button('Delete channel').click();
      expect(await listAccessibilityFaults(ada.page)).toEqual([]);
      await ada.dialog().getByRole('button', { name: 'Cancel' }).click();
    }
  });
});
