// @vitest-environment happy-dom
import type { InspectedEvent } from '@wirepact/client/inspect';
import { flushSync } from 'react-dom';
import { expect, test } from 'vitest';
import { mount } from '../../test/mount';
import { loadContractRules } from '../chat/contract-rules';
import { WireEventRow } from './wire-event-row';

const rules = await loadContractRules();

const show = (changes: Partial<InspectedEvent>) => {
  const event = {
    id: 1,
    direction: 'out',
    event: 'send_message',
    at: 0,
    size: 1_234,
    payload: {},
    isKnown: true,
  };
  return mount(<WireEventRow event={{ ...event, issues: [], ...changes } as InspectedEvent} rules={rules} />);
};

const outcomeOf = (changes: Partial<InspectedEvent>) => show(changes).one('.wire__outcome').textContent;

test.each([
  [{}, ''],
  [{ answer: { ms: 1.26, issues: [] } }, 'ok in 1.3 ms'],
  [{ answer: { ms: 20, code: 'FORBIDDEN', issues: [] } }, 'FORBIDDEN in 20.0 ms'],
  [{ answer: { code: 'INVALID_PAYLOAD', issues: [] } }, 'INVALID_PAYLOAD, not sent'],
  [{ isKnown: false }, 'not of the contract'],
  [{ issues: [{ path: '', message: 'is none', keyword: 'type' }] }, 'breaks the contract'],
] as [Partial<InspectedEvent>, string][])('%j is told as “%s”', (changes, outcome) => {
  expect(outcomeOf(changes)).toBe(outcome);
});

test('an event is told with the contract’s words, its size and its rules, which unfold', () => {
  const page = show({});
  expect(page.text()).toContain('1.2 kB');
  expect(page.text()).toContain('Send a message to a channel.');
  const list = page.one('.wire__rules') as HTMLDetailsElement;
  expect(page.all('dt')).toEqual([]);
  list.open = true;
  flushSync(() => list.dispatchEvent(new Event('toggle')));
  expect(page.all('dt').map(({ textContent }) => textContent)).toContain('SEND-4');
});

test('a flaw names the rules of its field; what the contract does not have follows none', () => {
  const answer = {
    code: 'INVALID_PAYLOAD',
    issues: [{ path: '/text', message: 'must be string', keyword: 'type' }],
  };
  const page = show({ answer } as Partial<InspectedEvent>);
  expect(page.one('.wire__issues li').textContent).toBe('/text must be string [SEND-4] [SEND-5]');
  expect(page.text()).toContain('The payload does not match the schema of the event.');
  const unknown = show({ event: 'constructor', isKnown: false });
  expect(unknown.text()).toContain('The contract says nothing of this event.');
  expect(unknown.all('.wire__rules')).toEqual([]);
});

test('a long payload is cut', () => {
  const page = show({ payload: { text: 'x'.repeat(5_000) } });
  expect(page.one('pre').textContent).toMatch(/… \d+ more$/);
});
