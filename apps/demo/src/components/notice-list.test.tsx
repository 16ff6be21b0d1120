// @vitest-environment happy-dom
import { WirepactError } from '@wirepact/contract/runtime';
import { flushSync } from 'react-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mount } from '../../test/mount';
import { type Notices, useNotices } from '../chat/use-notices';
import { NoticeList } from './notice-list';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begin() {
  const seen = {} as { notices: Notices };
  function Page() {
    seen.notices = useNotices();
    return <NoticeList notices={seen.notices.notices} onDismiss={seen.notices.dismiss} />;
  }
  const page = mount(<Page />);
  const report = (code: string, message: string, options = {}) =>
    flushSync(() => seen.notices.report(new WirepactError(code, message, options)));
  const tell = (text: string) => flushSync(() => seen.notices.tell(text));
  return { page, report, tell };
}

test('an error says what happened and what is wrong, and stays until it is dismissed', () => {
  const { page, report } = begin();
  const issues = [
    { path: '/text', message: 'is too long', keyword: 'maxLength' },
    { path: '/other', message: 'is missing', keyword: 'required' },
  ];
  report('INVALID_PAYLOAD', 'It is wrong.', { issues });
  vi.advanceTimersByTime(60_000);
  expect(page.one('[role=alert]').textContent).toContain('It cannot be sent like this. INVALID_PAYLOAD');
  expect(page.all('li').map(({ textContent }) => textContent)).toEqual([
    'The message is too long.',
    '/other is missing.',
  ]);
  page.click('Dismiss');
  expect(page.all('[role=alert]')).toEqual([]);
});

test('the same again takes the place of the one before, and three are the most there are', () => {
  const { page, report } = begin();
  for (const code of ['TIMEOUT', 'FORBIDDEN', 'TIMEOUT', 'INTERNAL', 'OTHER']) report(code, `It is ${code}.`);
  expect(page.all('code').map(({ textContent }) => textContent)).toEqual(['TIMEOUT', 'INTERNAL', 'OTHER']);
  expect(page.text()).toContain('Something went wrong. OTHER');
});

test('what the user caused by leaving is not told', () => {
  const { page, report } = begin();
  report('ABORTED', 'It was aborted.');
  report('CLOSED', 'It was closed.');
  expect(page.text()).toBe('');
});

test('what is no error goes away by itself', async () => {
  const { page, tell } = begin();
  tell('Link copied.');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(page.text()).toBe('Link copied.');
  await vi.advanceTimersByTimeAsync(2_000);
  await expect.poll(page.text).toBe('');
});

test('a limit is counted down to when one can go on', async () => {
  const { page, report } = begin();
  report('RATE_LIMITED', 'Too fast.', { retryAfterMs: 2_000 });
  expect(page.text()).toContain('You can go on in 2 s.');
  expect(page.all('li')).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  await expect.poll(page.text).toContain('You can go on in 1 s.');
  await vi.advanceTimersByTimeAsync(1_250);
  await expect.poll(page.text).toContain('You can go on now.');
});
