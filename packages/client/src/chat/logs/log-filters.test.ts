import { describe, expect, test } from 'vitest';
import { checkLogEntry, loosestLogFilter } from './log-filters';

const AGENT = '987fcdeb-51a2-43f1-b012-123456789abc';
const entry = { id: '1', timestamp: '2026-01-31T12:00:00Z', level: 'info', category: 'agent', message: '' };

describe('checkLogEntry', () => {
  test('lets through the level and what is more severe', () => {
    expect(checkLogEntry(entry, { level: 'debug' })).toBe(true);
    expect(checkLogEntry(entry, { level: 'info' })).toBe(true);
    expect(checkLogEntry(entry, { level: 'warn' })).toBe(false);
    expect(checkLogEntry({ ...entry, level: 'fatal' }, { level: 'error' })).toBe(true);
  });

  test('compares category and agent', () => {
    expect(checkLogEntry(entry, {})).toBe(true);
    expect(checkLogEntry(entry, { category: 'agent' })).toBe(true);
    expect(checkLogEntry(entry, { category: 'server' })).toBe(false);
    expect(checkLogEntry(entry, { agentId: AGENT })).toBe(false);
    expect(checkLogEntry({ ...entry, agentId: AGENT.toUpperCase() }, { agentId: AGENT })).toBe(true);
  });
});

describe('loosestLogFilter', () => {
  test('of one filter is that filter', () => {
    const filter = { level: 'warn', agentId: AGENT, category: 'x' } as const;
    expect(loosestLogFilter([filter])).toEqual(filter);
  });

  test('keeps only what all agree on, and the lowest level', () => {
    const filters = [
      { level: 'error', category: 'x' },
      { level: 'info', category: 'x', agentId: AGENT },
    ] as const;
    expect(loosestLogFilter([...filters])).toEqual({ level: 'info', category: 'x' });
    expect(loosestLogFilter([...filters, {}])).toEqual({});
  });
});
