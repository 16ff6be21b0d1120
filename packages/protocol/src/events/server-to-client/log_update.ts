import { defineEvent } from '@wirepact/contract';
import { logEntry } from '../../entities/log-entry';

/** One log entry. */
export const log_update = defineEvent({
  description: 'Real-time log entry, to subscribers whose filter lets it through.',
  payload: logEntry,
  examples: [
    {
      id: '42',
      timestamp: '2026-01-31T12:00:00.000Z',
      level: 'info',
      category: 'server',
      message: 'listening',
    },
  ],
});
