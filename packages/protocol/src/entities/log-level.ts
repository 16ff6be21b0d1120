import * as Type from 'typebox';
import { LOG_LEVELS } from './log-levels';

/** How much an entry of the log matters. */
export const logLevel = Type.Enum(LOG_LEVELS, { title: 'LogLevel', description: 'Minimum log level.' });
