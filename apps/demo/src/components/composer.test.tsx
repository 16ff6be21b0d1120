// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { mount } from '../../test/mount';
import { Composer, type ComposerProps } from './composer';

function begin(options: Partial<ComposerProps> = {}) {
  const [onSend, onTyping] = [vi.fn(), vi.fn()];
  const base = {
    channelName: 'Lobby',
    isConnected: true,
    isDisabled: false,
    draft: undefined,
    onStop: undefined,
  };
  const shown = (changes: Partial<ComposerProps> = {}) => (
    <Composer {...base} {...{ onSend, onTyping }} {...options} {...changes} />
  );
  const page = mount(shown());
  const field = () => page.one('textarea') as HTMLTextAreaElement;
  return {
    page,
    field,
    onSend,
    onTyping,
    change: (changes: Partial<ComposerProps>) => page.show(shown(changes)),
  };
}

test('Enter sends what is written, empties the field and ends typing', () => {
  const { page, field, onSend, onTyping } = begin();
  page.fill('textarea', 'Hello');
  expect(onTyping.mock.lastCall).toEqual([true]);
  expect(page.press('textarea', 'Enter')).toBe(false);
  expect(onSend.mock.calls).toEqual([['Hello']]);
  expect(onTyping.mock.lastCall).toEqual([false]);
  expect(field().value).toBe('');
});

test('Shift and Enter begin a line, and Enter in a word that is being composed is the input method’s', () => {
  const { page, onSend } = begin();
  page.fill('textarea', 'こんに');
  expect(page.press('textarea', 'Enter', { shiftKey: true })).toBe(true);
  expect(page.press('textarea', 'Enter', { isComposing: true })).toBe(true);
  expect(onSend).not.toHaveBeenCalled();
});

test('blanks are not sent, and nothing is where nothing can be', () => {
  const { page, onSend, change } = begin();
  page.fill('textarea', ' \n ');
  expect(page.button('Send').disabled).toBe(true);
  page.press('textarea', 'Enter');
  page.fill('textarea', 'Hello');
  change({ isDisabled: true });
  page.press('textarea', 'Enter');
  expect(onSend).not.toHaveBeenCalled();
  change({ isDisabled: false });
  page.submit();
  expect(onSend.mock.calls).toEqual([['Hello']]);
});

test('who empties the field types no more', () => {
  const { page, onTyping } = begin();
  page.fill('textarea', 'H');
  page.fill('textarea', '');
  expect(onTyping.mock.calls).toEqual([[true], [false]]);
});

test('a draft takes the place of what is written, the same text again, too', async () => {
  const { page, field, change } = begin();
  page.fill('textarea', 'Something else');
  change({ draft: { text: 'Not sent' } });
  await expect.poll(() => field().value).toBe('Not sent');
  expect(document.activeElement).toBe(field());
  page.fill('textarea', '');
  change({ draft: { text: 'Not sent' } });
  await expect.poll(() => field().value).toBe('Not sent');
});

test('characters are counted when few are left, and who is not connected is told what happens', () => {
  const { page, change } = begin();
  page.fill('textarea', 'x'.repeat(64_000));
  expect(page.text()).not.toContain('65,536');
  page.fill('textarea', 'x'.repeat(65_537));
  expect(page.text()).toContain('65,537 / 65,536');
  change({ isConnected: false });
  expect(page.text()).toContain('Not connected: what you send waits');
});

test('answers can be stopped while there are any', () => {
  const onStop = vi.fn();
  const { page, change } = begin({ onStop });
  page.click('Stop');
  expect(onStop).toHaveBeenCalledOnce();
  change({ onStop: undefined });
  expect(page.text()).not.toContain('Stop');
});
