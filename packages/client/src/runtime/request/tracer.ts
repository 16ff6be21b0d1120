import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { readTraceCarrier, toTraceCarrier } from '@wirepact/contract/runtime';
import type { Connection } from '../connection/connection';
import { parseAck } from '../connection/wire-error';
import type { Inspector } from './inspector';

/** How a client is traced. */
export interface TracerOptions {
  /** Makes the spans. Default: the tracer `wirepact` of the provider that is registered. */
  readonly tracer?: Tracer | undefined;
}

/** The code of an answer, as spans say it. */
function codeOf(answer: unknown): string {
  const ack = parseAck(answer);
  if (!ack) return 'INVALID_REPLY';
  return 'error' in ack ? ack.error.code : 'OK';
}

/** Follows what is sent until it is answered. */
function traceSent(connection: Connection, tracerOf: () => Tracer): void {
  const { exchange } = connection;
  connection.exchange = (request) => {
    const { event, args } = request;
    const attributes = { 'wirepact.event': event };
    const span = tracerOf().startSpan(`send ${event}`, { kind: SpanKind.CLIENT, attributes });
    const end = (code: string) => {
      span.setAttribute('wirepact.code', code);
      if (code !== 'OK') span.setStatus({ code: SpanStatusCode.ERROR, message: code });
      span.end();
    };
    // An event without payload has `null` in its place.
    const traced = span.isRecording() ? [args[0] ?? null, toTraceCarrier(span.spanContext())] : args;
    const answered = exchange.call(connection, { ...request, args: traced });
    answered.then(
      (ended) => end(ended.status === 'answered' ? codeOf(ended.answer) : 'DISCONNECTED'),
      (cause: { readonly code?: string }) => end(String(cause.code)),
    );
    return answered;
  };
}

/** Follows what comes, where the server says what caused it. */
function traceReceived(connection: Connection, tracerOf: () => Tracer): void {
  const { onEvent } = connection;
  connection.onEvent = (receive) =>
    onEvent.call(connection, (event, payload, acknowledge, carrier) => {
      const cause = readTraceCarrier(carrier);
      if (!cause) {
        receive(event, payload, acknowledge, carrier);
        return;
      }
      const parent = trace.setSpanContext(ROOT_CONTEXT, { ...cause, isRemote: true });
      const attributes = { 'wirepact.event': event };
      const span = tracerOf().startSpan(`receive ${event}`, { kind: SpanKind.CONSUMER, attributes }, parent);
      try {
        context.with(trace.setSpan(parent, span), () => receive(event, payload, acknowledge, carrier));
      } finally {
        span.end();
      }
    });
}

/**
 * Traces a client by OpenTelemetry, whose API and SDK the application installs: the client's option `inspect`. An event has
 * a span from its sending to its answer, and the server is told where that is; what the server sends because of an event
 * that is traced has one as long as its listeners take. To inspect as well: `inspect: (parts) => { tracer(parts); inspector(parts); }`.
 *
 * @example
 * const client = createContractClient('http://localhost:3000', board, { inspect: createTracer() });
 */
export function createTracer({ tracer }: TracerOptions = {}): Inspector {
  // Looked up when it is used: a provider may be registered later.
  const tracerOf = () => tracer ?? trace.getTracer('wirepact');
  return ({ connection }) => {
    traceSent(connection, tracerOf);
    traceReceived(connection, tracerOf);
  };
}
