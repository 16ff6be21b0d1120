import {
  type Context,
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { readTraceCarrier, toTraceCarrier } from '@wirepact/contract/runtime';
import { checkOptions, hasMethods, must } from '../runtime/option-checks';
import type { EventTrace, Tracing } from '../runtime/ports/tracing';

/** How events are traced. */
export interface TracingOptions {
  /** Makes the spans. Default: the tracer `wirepact` of the provider that is registered. */
  tracer?: Tracer;
}

const CHECKS = { tracer: must((value) => hasMethods(value, 'startSpan'), 'a `Tracer` of OpenTelemetry’s') };

/** Stands for the names of all events that the contract does not have: those are whatever clients send. */
const UNKNOWN_EVENT = '(unknown)';

/** Ends a span with what went wrong. */
function fail(span: Span, cause: unknown): void {
  span.recordException(cause instanceof Error ? cause : String(cause));
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** Does work inside of a span, which ends with it. */
function runInside<Result>(span: Span, parent: Context, work: () => Result): Result {
  try {
    const result = context.with(trace.setSpan(parent, span), work);
    if (result instanceof Promise)
      result.then(
        () => span.end(),
        (cause: unknown) => fail(span, cause),
      );
    else span.end();
    return result;
  } catch (cause) {
    fail(span, cause);
    throw cause;
  }
}

/** What is under way, where that is recorded. */
function recordedNow(): Context | undefined {
  const active = context.active();
  const spanContext = trace.getSpanContext(active);
  const isRecorded =
    spanContext && isSpanContextValid(spanContext) && (spanContext.traceFlags & TraceFlags.SAMPLED) !== 0;
  return isRecorded ? active : undefined;
}

/** Where a client says that its span is. */
function contextOf(carrier: unknown): Context {
  const remote = readTraceCarrier(carrier);
  return remote ? trace.setSpanContext(ROOT_CONTEXT, { ...remote, isRemote: true }) : ROOT_CONTEXT;
}

/**
 * Traces events by OpenTelemetry, whose API and SDK the host installs: the option `tracing` of a server. An event has a span
 * from its arrival to its answer, with one for its check, `authorize`, its handler, each write of the store, and each event
 * that is sent because of it; members are told where that one is, so that their spans follow it. Nothing but an event that
 * came, and is sampled, begins a trace. Wants a context manager, as `NodeTracerProvider` registers one.
 *
 * Clients say whether their traces are recorded: on a server that anybody reaches give the sampler a
 * `remoteParentSampled` that decides for itself.
 *
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * new NodeTracerProvider({ spanProcessors }).register();
 * createChatServer({ tracing: createTracing() });
 */
export function createTracing(options: TracingOptions = {}): Tracing {
  checkOptions(options, CHECKS);
  // Looked up when it is used: a provider may be registered later.
  const tracerOf = () => options.tracer ?? trace.getTracer('wirepact');
  return {
    receive(contract, event = UNKNOWN_EVENT, carrier): EventTrace {
      const attributes = { 'wirepact.contract': contract, 'wirepact.event': event };
      const parent = contextOf(carrier);
      const span = tracerOf().startSpan(`receive ${event}`, { kind: SpanKind.SERVER, attributes }, parent);
      const inside = trace.setSpan(parent, span);
      return {
        run: (step, work) => runInside(tracerOf().startSpan(step, {}, inside), inside, work),
        end(code) {
          span.setAttribute('wirepact.code', code);
          if (code !== 'OK') span.setStatus({ code: SpanStatusCode.ERROR, message: code });
          span.end();
        },
      };
    },

    run(step, work) {
      const parent = recordedNow();
      return parent ? runInside(tracerOf().startSpan(step, {}, parent), parent, work) : work();
    },

    emit(event, send) {
      const parent = recordedNow();
      if (!parent) {
        send(undefined);
        return;
      }
      const attributes = { 'wirepact.event': event };
      const span = tracerOf().startSpan(`send ${event}`, { kind: SpanKind.PRODUCER, attributes }, parent);
      runInside(span, parent, () => send(toTraceCarrier(span.spanContext())));
    },

    apart: (work) => context.with(ROOT_CONTEXT, work),
  };
}
