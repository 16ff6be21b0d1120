import type { LogEntry } from '@wirepact/protocol';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LogEntryRow } from '../components/log-entry-row';
import { readHandledEvent } from './handled-event';

const FIELDS = { event: 'send_message', connectionId: 'abcdefghij', ms: 1.25 };

const toEntry = (message: string, data?: LogEntry['data']): LogEntry => ({
  ...{ id: '1', timestamp: '2026-01-31T12:00:00.000Z', level: 'debug', category: 'server', message },
  ...(data !== undefined && { data }),
});

/** The text of the line that an entry is shown as. */
const show = (entry: LogEntry, ownConnectionId?: string) =>
  renderToStaticMarkup(createElement(LogEntryRow, { entry, ownConnectionId }))
    .replace(/<pre>.*<\/pre>/s, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

test('a line about an event is read', () => {
  expect(readHandledEvent(toEntry('handled send_message', FIELDS))).toEqual({
    ...{ ...FIELDS, outcome: 'handled', code: undefined, entityId: undefined },
  });
  expect(
    readHandledEvent(toEntry('refused send_message: FORBIDDEN', { ...FIELDS, code: 'FORBIDDEN' })),
  ).toMatchObject({ outcome: 'refused', code: 'FORBIDDEN' });
  const gone = 'send_message was abandoned: its sender is gone';
  expect(readHandledEvent(toEntry(gone, FIELDS))).toMatchObject({ outcome: 'abandoned' });
});

test.each([
  ['no data', undefined],
  ['an event without its connection', { event: 'send_message', ms: 1 }],
  ['something else where the time is', { ...FIELDS, ms: '1' }],
  ['an event that is no text', { ...FIELDS, event: 1 }],
])('a line with %s is shown as it is', (_what, data) => {
  const entry = toEntry('listening', data);
  expect(readHandledEvent(entry)).toBeUndefined();
  expect(show(entry)).toContain(' listening ');
});

test('a line says which event, for whom and in how long', () => {
  const handled = toEntry('handled send_message', FIELDS);
  expect(show(handled, FIELDS.connectionId)).toContain('send_message handled for you in 1.25 ms');
  expect(show(handled)).toContain('send_message handled for connection abcdef in 1.25 ms');
  const refused = toEntry('refused send_message: FORBIDDEN', {
    ...FIELDS,
    code: 'FORBIDDEN',
    entityId: 'ada',
  });
  expect(show(refused)).toContain('send_message refused FORBIDDEN for ada in 1.25 ms');
});
