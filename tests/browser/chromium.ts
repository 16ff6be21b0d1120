import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { type Chromium, unpackChromium } from './packaged-chromium';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * The browser to test with: `CHROMIUM_PATH`, else the one of an npm package. `undefined`, and a line on the console that
 * says so, where there is none.
 * @throws an Error where `CHROMIUM_PATH` is set and there is nothing.
 */
export async function findChromium(): Promise<Chromium | undefined> {
  const executablePath = process.env.CHROMIUM_PATH;
  if (executablePath) {
    if (!existsSync(executablePath))
      throw new Error(`There is no browser at CHROMIUM_PATH=${executablePath}.`);
    return { executablePath, env: {} };
  }
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium();
  console.warn('Skipped: npm has a Chromium for Linux on x64 only; set CHROMIUM_PATH to one of your own.');
  return undefined;
}

/** Starts the browser that was found. */
export async function launchChromium(found: Chromium | undefined): Promise<Browser> {
  if (!found) throw new Error('There is no browser; tests that need one are skipped.');
  const { executablePath, env } = found;
  return chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, ...env } });
}
