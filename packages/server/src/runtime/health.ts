import { withDeadline } from './gateway/deadline';

/** How long what is asked may take to answer, in milliseconds. */
const TIMEOUT_MS = 1_000;

/** How something that a server stands on is: it has answered within a second, or it has not. */
export type Answering = 'ok' | 'unavailable';

/** Whether a server should be given clients, and what keeps it from that. */
export interface Health {
  /** Whether it should: all else is as it has to be. */
  readonly ready: boolean;
  /** Whether `close` was called. */
  readonly closing: boolean;
  /** Left out on a server that keeps nothing. */
  readonly store?: Answering;
  /** What joins the processes; left out where nothing does. */
  readonly scaleOut?: Answering;
}

/** What a {@link Health} is found by. */
export interface HealthDeps {
  readonly isClosing: () => boolean;
  /** Asks the store for something; left out where there is none. */
  readonly checkStore: (() => Promise<unknown>) | undefined;
  /** Asks what joins the processes for something; left out where nothing does. */
  readonly checkScaleOut: (() => Promise<unknown>) | undefined;
}

async function ask(check: () => Promise<unknown>, what: string): Promise<Answering> {
  try {
    await withDeadline(check(), TIMEOUT_MS, what);
    return 'ok';
  } catch {
    return 'unavailable';
  }
}

/** Looks how a server is: once at a time, so that whoever asks often asks nothing of the store. */
export function createHealth({ isClosing, checkStore, checkScaleOut }: HealthDeps): () => Promise<Health> {
  let looking: Promise<Health> | undefined;
  const look = async (): Promise<Health> => {
    const [store, scaleOut] = await Promise.all([
      checkStore && ask(checkStore, 'The store'),
      checkScaleOut && ask(checkScaleOut, 'What joins the processes'),
    ]);
    const closing = isClosing();
    const ready = !closing && store !== 'unavailable' && scaleOut !== 'unavailable';
    return { ready, closing, ...(store && { store }), ...(scaleOut && { scaleOut }) };
  };
  return () => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
}
