/** Levels a log filter knows, least severe first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
