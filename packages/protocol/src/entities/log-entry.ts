import * as Type from 'typebox';

/** One entry of the server's log. */
export const logEntry = Type.Object(
  {
    id: Type.String({ description: 'Log entry id, unique on its server.' }),
    timestamp: Type.String({ format: 'date-time', description: 'ISO timestamp.' }),
    level: Type.String({ description: 'Log level.' }),
    category: Type.String({ description: 'Log category.' }),
    message: Type.String({ description: 'Log message.' }),
    data: Type.Optional(Type.Unknown({ description: 'Additional log data.' })),
    agentId: Type.Optional(Type.String({ description: 'Associated agent id.' })),
  },
  { title: 'LogEntry', description: 'One entry of the server’s log.' },
);
