const NOTHING: Readonly<Record<string, unknown>> = {};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The properties of what a client sent; none where it is no object. Mappings of a dialect are given anything. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  isRecord(value) ? value : NOTHING;
