import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { listAccessibilityFaults } from './accessibility';
import { type ChatWindow, measureOverflow } from './chat-window';

const RESULTS = fileURLToPath(new URL('../test-results/', import.meta.url));

/** Opens the panel that shows events. */
const showContract = async ({ page }: ChatWindow) => {
  const side = page.getByRole('complementary', { name: 'Behind the chat' });
  await side.getByRole('button', { name: 'Contract' }).click();
};

/** Events are listed with their answers, each with what the contract says of it; keys are enough to read them. */
export async function readTheContract(open: (name: string) => Promise<ChatWindow>): Promise<void> {
  const ada = await open('Ada');
  const { page } = ada;
  await showContract(ada);
  const events = page.getByRole('log', { name: 'Events' });
  await ada.say('A message for the inspector');
  const sent = events.locator('[data-event=send_message]');
  await sent.getByText(/ok in [\d.]+ ms/).waitFor();
  await events.locator('[data-event=messageBroadcast]').first().waitFor();
  expect(await events.locator('[data-event=log_update]').count()).toBe(0);

  await sent.locator('.wire__line').focus();
  await page.keyboard.press('Enter');
  await sent.getByText('Send a message to a channel.').waitFor();
  await sent.getByText('"text": "A message for the inspector"').waitFor();
  await sent.getByText('rules it follows').click();
  await sent.getByRole('definition').filter({ hasText: 'text is required and a string.' }).waitFor();

  await ada.composer.fill('x'.repeat(65_600));
  await ada.composer.press('Enter');
  await page.getByRole('combobox', { name: 'Events' }).selectOption('problems');
  const refused = events.locator('[data-event=send_message][data-problem]');
  await refused.getByText('INVALID_PAYLOAD, not sent').waitFor();
  expect(await events.locator('[data-event]').count()).toBe(1);
  await refused.locator('.wire__line').click();
  await refused.getByText('The payload does not match the schema of the event.').waitFor();
  await refused.locator('.wire__issues').getByText('[SEND-4] [SEND-5]').waitFor();
  await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();

  await page.getByRole('combobox', { name: 'Events' }).selectOption('chat');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `${RESULTS}demo-contract-${colorScheme}.png` });
    expect(await listAccessibilityFaults(page)).toEqual([]);
  }

  await ada.button('Pause events').click();
  await ada.button('Empty events').click();
  await events.getByText('No events').waitFor();
  await ada.button('Resume events').click();
}

/** On a phone, the panel is as wide as the window. */
export async function readTheContractOnAPhone(window: ChatWindow): Promise<void> {
  await showContract(window);
  await window.page.getByRole('log', { name: 'Events' }).locator('[data-event]').first().waitFor();
  expect(await measureOverflow(window.page)).toBe(0);
  await window.page.screenshot({ path: `${RESULTS}demo-phone-contract.png` });
}
