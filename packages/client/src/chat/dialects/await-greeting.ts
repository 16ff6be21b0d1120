import { pause } from '../../runtime/base/deadline';

/** Milliseconds a server may take to greet; then it is gone on without. */
const GREETING_MS = 2_000;

/** A greeting that is waited for. */
export interface AwaitedGreeting {
  /** Resolves once it has come, its time is over, or the connection has ended. */
  readonly over: Promise<void>;
  /** Notes that it has come. */
  readonly come: () => void;
}

/** Waits for the greeting of a server. */
export function awaitGreeting(session: AbortSignal): AwaitedGreeting {
  const greeted = new AbortController();
  const come = () => greeted.abort();
  session.addEventListener('abort', come);
  return { over: pause(GREETING_MS, greeted.signal), come };
}
