import { trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { createTracing } from './create-tracing';

test.each<[string, unknown, string]>([
  ['null', null, 'The options must be an object, not null.'],
  ['no tracer', { tracer: 'wirepact' }, '`tracer` must be a `Tracer` of OpenTelemetry’s, not "wirepact".'],
  ['a provider', { provider: trace }, 'There is no option `provider`: the options are tracer.'],
])('what are no options is refused at once: %s', (_name, options, message) => {
  expect(() => createTracing(options as never)).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', message }),
  );
});

test('a tracer of the host’s is one', () => {
  expect(() => createTracing({ tracer: trace.getTracer('host') })).not.toThrow();
});
