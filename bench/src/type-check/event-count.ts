/** How many events the contracts have whose types are checked. */
export const EVENT_COUNTS = { events300: 300, events25: 25 } as const;
export type EventCount = keyof typeof EVENT_COUNTS;
