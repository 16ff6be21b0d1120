import type { Logger } from 'pino';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Told of what a logger throws. */
type OnFailure = (cause: unknown) => void;

/** Says once that a logger fails, by what is left to say it: a warning of Node's. */
function createReport(): OnFailure {
  let isTold = false;
  return (cause) => {
    if (isTold) return;
    isTold = true;
    const reason = cause instanceof Error ? cause.message : String(cause);
    process.emitWarning(`The logger failed, and what it was told is lost: ${reason}`, { type: 'Wirepact' });
  };
}

/** A function of a logger's as one that neither throws nor rejects. */
export function steadily<Args extends unknown[]>(
  log: (...args: Args) => unknown,
  onFailure: OnFailure = createReport(),
): (...args: Args) => void {
  return (...args) => {
    try {
      const logged = log(...args);
      if (logged instanceof Promise) logged.catch(onFailure);
    } catch (cause) {
      onFailure(cause);
    }
  };
}

/** The host's logger as one that never fails: what is under way does not depend on who is told of it. */
export function toSteadyLogger(logger: Logger, onFailure: OnFailure = createReport()): Logger {
  const methods = {
    ...Object.fromEntries(
      LEVELS.map((level) => [
        level,
        steadily((...args: unknown[]) => Reflect.apply(logger[level], logger, args), onFailure),
      ]),
    ),
    isLevelEnabled(level: string): boolean {
      try {
        return logger.isLevelEnabled(level);
      } catch (cause) {
        onFailure(cause);
        return false;
      }
    },
    child: (...args: unknown[]) => toSteadyLogger(Reflect.apply(logger.child, logger, args), onFailure),
  };
  const toProperty = ([name, value]: [string, unknown]) => [
    name,
    { value, writable: true, configurable: true },
  ];
  return Object.create(logger, Object.fromEntries(Object.entries(methods).map(toProperty)));
}
