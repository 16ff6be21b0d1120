import { expect, test } from 'vitest';
import { readTraceCarrier, toTraceCarrier } from './trace-context';

const context = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', traceFlags: 1 };
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

test('a place in a trace travels as W3C has it', () => {
  expect(toTraceCarrier(context)).toEqual({ traceparent });
  expect(readTraceCarrier({ traceparent })).toEqual(context);
  expect(readTraceCarrier(toTraceCarrier({ ...context, traceFlags: 0 }))).toEqual({
    ...context,
    traceFlags: 0,
  });
});

test('an id may begin with a zero', () => {
  const early = { ...context, traceId: `0${context.traceId.slice(1)}` };
  expect(readTraceCarrier(toTraceCarrier(early))).toEqual(early);
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a text', traceparent],
  ['a list', [traceparent]],
  ['no traceparent', {}],
  ['an inherited one', Object.create({ traceparent })],
  ['a number', { traceparent: 7 }],
  ['another version', { traceparent: traceparent.replace('00-', '01-') }],
  ['capitals', { traceparent: traceparent.toUpperCase() }],
  ['a trace of zeros', { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` }],
  ['a span of zeros', { traceparent: `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01` }],
  ['one behind something else', { traceparent: `xx${traceparent}` }],
  ['a list of one', { traceparent: [traceparent] }],
  ['too much', { traceparent: `${traceparent}-${'x'.repeat(10_000)}` }],
])('%s is no place in a trace', (_, carrier) => {
  expect(readTraceCarrier(carrier)).toBeUndefined();
});
