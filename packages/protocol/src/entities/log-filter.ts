import * as Type from 'typebox';
import { uuid } from './ids';
import { logLevel } from './log-level';

/** Which log entries to receive; what is left out does not filter. */
export const logFilter = Type.Object(
  {
    level: Type.Optional(logLevel),
    agentId: Type.Optional(uuid('Only entries of this agent.')),
    category: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: 'Only entries of this category.' }),
    ),
  },
  { title: 'LogFilter', description: 'Which log entries to receive; what is left out does not filter.' },
);
