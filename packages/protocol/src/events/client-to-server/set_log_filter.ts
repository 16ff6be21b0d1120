import { defineEvent } from '@wirepact/contract';
import { logFilter } from '../../entities/log-filter';

/** Choose which log entries to receive. */
export const set_log_filter = defineEvent({
  description: 'Filter which logs to receive. Replaces the filter before it; `{}` lets everything through.',
  payload: logFilter,
  reply: logFilter,
  limits: { maxDepth: 2, maxProperties: 16, maxSize: 2048 },
  examples: [{}, { level: 'warn' }, { level: 'info', category: 'agent' }],
});
