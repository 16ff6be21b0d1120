import type { InspectedEvent } from '@wirepact/client/inspect';

/** Whether an event broke the contract, or was refused. */
export const isProblem = ({ isKnown, issues, answer }: InspectedEvent): boolean =>
  !isKnown || issues.length > 0 || answer?.code !== undefined;

/** What there is to choose from, each with its label and the events it lets through. */
export const WIRE_FILTERS = {
  chat: ['All but log entries', ({ event }: InspectedEvent) => event !== 'log_update'],
  all: ['All', () => true],
  out: ['Sent', ({ direction }: InspectedEvent) => direction === 'out'],
  in: ['Received', ({ direction }: InspectedEvent) => direction === 'in'],
  problems: ['Refused or broken', isProblem],
} as const;

/** Which events are shown. */
export type WireFilter = keyof typeof WIRE_FILTERS;

/** The filters there are, in their order. */
export const WIRE_FILTER_NAMES: readonly WireFilter[] = ['chat', 'all', 'out', 'in', 'problems'];
