import { isObject } from './is-object';

/** Where a span is: the part of OpenTelemetry's span context that travels. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** 1 where the trace is recorded. */
  readonly traceFlags: number;
}

/** What travels behind a payload, for those who follow traces. */
export interface TraceCarrier {
  /** A W3C trace context, such as `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`. */
  readonly traceparent: string;
}

/** Version 00; neither id is all zeros. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The argument that says where a span is; see the rule [TRACE-1]. */
export const toTraceCarrier = ({ traceId, spanId, traceFlags }: TraceContext): TraceCarrier => ({
  traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
});

/** What an argument behind a payload says of where a span is; `undefined` where it says nothing of the kind. */
export function readTraceCarrier(carrier: unknown): TraceContext | undefined {
  if (!isObject(carrier) || !Object.hasOwn(carrier, 'traceparent')) return undefined;
  const { traceparent } = carrier as { readonly traceparent: unknown };
  const [, traceId, spanId, flags] = (typeof traceparent === 'string' && TRACEPARENT.exec(traceparent)) || [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
}
