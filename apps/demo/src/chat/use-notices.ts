import type { WirepactError } from '@wirepact/contract/runtime';
import { useCallback, useState } from 'react';

/** Something to tell the user. */
export interface Notice {
  readonly id: number;
  readonly error?: WirepactError | undefined;
  /** What there is to say where it is no error. */
  readonly text?: string | undefined;
  /** Unix time in milliseconds from which on the same request may succeed. */
  readonly retryAt?: number | undefined;
}

/** Shows an error. */
export type ReportError = (error: WirepactError) => void;

/** What the page has to tell, newest last. */
export interface Notices {
  readonly notices: readonly Notice[];
  readonly report: ReportError;
  readonly tell: (text: string) => void;
  readonly dismiss: (id: number) => void;
}

const MAX_NOTICES = 3;
let lastId = 0;

/** What the user caused by leaving: nothing to tell. */
const SILENT_CODES = new Set(['ABORTED', 'CLOSED']);

/** Notices to the user; a further error with the same code takes the place of the one before. */
export function useNotices(): Notices {
  const [notices, setNotices] = useState<readonly Notice[]>([]);

  const add = useCallback((notice: Omit<Notice, 'id'>) => {
    lastId += 1;
    const added = { ...notice, id: lastId };
    const isSame = (other: Notice) => other.error?.code === notice.error?.code && other.text === notice.text;
    setNotices((shown) => [...shown.filter((other) => !isSame(other)), added].slice(-MAX_NOTICES));
  }, []);

  const report = useCallback(
    (error: WirepactError) => {
      if (SILENT_CODES.has(error.code)) return;
      const { retryAfterMs } = error;
      add({ error, retryAt: retryAfterMs === undefined ? undefined : Date.now() + retryAfterMs });
    },
    [add],
  );
  const tell = useCallback((text: string) => add({ text }), [add]);
  const dismiss = useCallback(
    (id: number) => setNotices((shown) => shown.filter((notice) => notice.id !== id)),
    [],
  );
  return { notices, report, tell, dismiss };
}
