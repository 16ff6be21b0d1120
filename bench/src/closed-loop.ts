/** A load that keeps a fixed number of requests under way. */
export interface ClosedLoop {
  /** Requests under way at any time. */
  readonly lanes: number;
  readonly durationMs: number;
  /** Starts a request of a lane; `done` is called when it is over, with an error where it failed. */
  readonly start: (lane: number, done: (error?: Error) => void) => void;
}

/** How long the last requests may take. */
const SETTLE_TIMEOUT_MS = 10_000;

/** Runs a closed loop; resolves with the number of requests once all are over. */
export function runClosedLoop({ lanes, durationMs, start }: ClosedLoop): Promise<number> {
  return new Promise((resolve, reject) => {
    const deadline = performance.now() + durationMs;
    const timer = setTimeout(
      () => reject(new Error('A server stopped answering.')),
      durationMs + SETTLE_TIMEOUT_MS,
    );
    let requests = 0;
    let ended = 0;

    const finish = (error?: Error) => {
      ended += 1;
      if (!error && ended < lanes) return;
      clearTimeout(timer);
      if (error) reject(error);
      else resolve(requests);
    };
    const next = (lane: number) => {
      if (performance.now() >= deadline) return finish();
      requests += 1;
      start(lane, (error) => (error ? finish(error) : next(lane)));
    };
    for (let lane = 0; lane < lanes; lane += 1) next(lane);
  });
}
