import * as Type from 'typebox';

/** Levels a log filter knows, least severe first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export const logLevel = Type.Enum(LOG_LEVELS, { title: 'LogLevel', description: 'Minimum log level.' });

export type LogLevel = Type.Static<typeof logLevel>;
