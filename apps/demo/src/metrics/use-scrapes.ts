import { useEffect, useState } from 'react';
import { callApi } from '../page/call-api';
import { type Scrape, toScrape } from './scrape';

const INTERVAL_MS = 1_000;
/** Two minutes. */
const KEPT = 120;

/** Readings of the last minutes, oldest first, and why there is no new one, where there is none. */
export interface Scrapes {
  readonly scrapes: readonly Scrape[];
  readonly failure: string | undefined;
}

async function read(signal: AbortSignal): Promise<Scrape> {
  const metrics = await callApi('/metrics', { signal });
  if (!Array.isArray(metrics)) throw new Error('What answers is no server of this demo: it has no metrics.');
  return toScrape(metrics, performance.now());
}

/** Reads the server's metrics once a second, while the page is shown. */
export function useScrapes(): Scrapes {
  const [state, setState] = useState<Scrapes>({ scrapes: [], failure: undefined });
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const look = () =>
      read(AbortSignal.any([signal, AbortSignal.timeout(5 * INTERVAL_MS)])).then(
        (scrape) =>
          setState(({ scrapes }) => ({ scrapes: [...scrapes, scrape].slice(-KEPT), failure: undefined })),
        (cause: unknown) => {
          const failure = cause instanceof Error ? cause.message : String(cause);
          if (!signal.aborted) setState(({ scrapes }) => ({ scrapes, failure }));
        },
      );
    void look();
    const timer = setInterval(() => {
      if (!document.hidden) void look();
    }, INTERVAL_MS);
    return () => {
      clearInterval(timer);
      ended.abort();
    };
  }, []);
  return state;
}
