/// <reference lib="dom" />
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** The longest that one thing may take to appear: plenty, for a machine that has much else to do. */
const STEP_TIMEOUT_MS = 60_000;

/** One window of the demo, of a person of its own. */
export interface ChatWindow {
  readonly page: Page;
  /** What went wrong in it: console errors, uncaught errors, Content-Security-Policy violations. */
  readonly faults: string[];
  readonly composer: Locator;
  readonly messages: Locator;
  message(text: string | RegExp): Locator;
  button(name: string | RegExp): Locator;
  dialog(): Locator;
  say(text: string): Promise<void>;
  /** Resolves once an agent has answered so many times here, and thinks no more. */
  waitForAnswers(count: number): Promise<void>;
  close(): Promise<void>;
}

function recordFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  return faults;
}

/** Opens the demo at `url` as somebody called `name`. */
export async function openWindow(
  browser: Browser,
  url: string,
  name: string,
  options: BrowserContextOptions = {},
): Promise<ChatWindow> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  const page = await context.newPage();
  const faults = recordFaults(page);
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`Content-Security-Policy: ${violatedDirective} ${blockedURI}`),
    ),
  );
  await page.goto(url);
  await page.getByLabel('Your name').fill(name);
  await page.keyboard.press('Enter');
  const composer = page.getByRole('textbox', { name: /^Message to/ });
  const messages = page.getByRole('log', { name: /^Messages in/ });
  await messages.and(page.locator('[aria-busy=false]')).waitFor();
  return {
    page,
    faults,
    composer,
    messages,
    message: (text) => messages.locator('.message', { hasText: text }),
    button: (label) => page.getByRole('button', { name: label }),
    dialog: () => page.getByRole('dialog'),
    async say(text) {
      await composer.fill(text);
      await composer.press('Enter');
    },
    async waitForAnswers(count) {
      const answers = messages.locator('[data-message-id]').filter({ has: page.locator('.badge--agent') });
      await answers.nth(count - 1).waitFor();
      await messages.locator('.message[aria-busy=true]').waitFor({ state: 'detached' });
    },
    close: () => context.close(),
  };
}

/** Pixels by which the page is wider than its window; 0 where nothing has to be scrolled sideways. */
export const measureOverflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The texts that people wrote and the server has, in the order they are shown. */
export const listTexts = ({ page, messages }: ChatWindow): Promise<string[]> =>
  messages
    .locator('[data-message-id]')
    .filter({ hasNot: page.locator('.badge--agent') })
    .locator('.message__text')
    .allTextContents();
