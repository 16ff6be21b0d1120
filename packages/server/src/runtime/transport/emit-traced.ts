import type { Tracing } from '../ports/tracing';

/**
 * Emits with what says, behind the payload, what caused it (SPEC [TRACE-1]); where nothing did, or there is no payload to
 * stand behind, as ever.
 */
export function emitTraced(
  tracing: Pick<Tracing, 'emit'>,
  emit: (event: string, ...args: unknown[]) => void,
  event: string,
  payload: readonly unknown[],
): void {
  tracing.emit(event, (carrier) => {
    if (carrier && payload.length === 1) emit(event, ...payload, carrier);
    else emit(event, ...payload);
  });
}
