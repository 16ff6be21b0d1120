import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { listAccessibilityFaults } from './accessibility';
import { measureOverflow } from './chat-window';
import type { Open } from './delivery-scenarios';
import { startDemo } from './demo-process';

const RESULTS = fileURLToPath(new URL('../test-results/', import.meta.url));
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1_280, height: 800 };

/**
 * Whoever runs the server sees live what people do, in light and in dark, on a desk and on a phone. The server is one of
 * its own: another may still count a connection whose page has gone.
 */
export async function seeMetrics(browser: Browser, open: Open): Promise<void> {
  const demo = await startDemo();
  onTestFinished(async () => void (await demo.stop()));
  const chat = await open('Ada', demo.url);
  const page = await browser.newPage({ viewport: DESK });
  onTestFinished(() => page.close());
  const link = await chat.page.getByRole('link', { name: 'Metrics' }).getAttribute('href');
  await page.goto(`${demo.url}${link}`);
  await page.getByText('Live, once a second').waitFor();
  const sends = page
    .getByRole('row', { name: /^send_message/ })
    .getByRole('cell')
    .first();
  await chat.say('Is anybody counting?');
  await expect.poll(() => sends.textContent()).toBe('1');
  const connections = page.locator('.figure').filter({ hasText: 'Connections' }).locator('.figure__value');
  await expect.poll(() => connections.textContent()).toBe('1');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await listAccessibilityFaults(page)).toEqual([]);
    await page.screenshot({ path: `${RESULTS}metrics-${colorScheme}.png` });
  }
  await page.setViewportSize(PHONE);
  expect(await measureOverflow(page)).toBe(0);
  await page.screenshot({ path: `${RESULTS}metrics-phone.png` });
}
