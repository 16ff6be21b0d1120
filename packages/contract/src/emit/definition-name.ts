const PREFIX = '#/$defs/';

/** The name in `#/$defs/Name`; `undefined` for any other reference. */
export const definitionName = (reference: string): string | undefined =>
  reference.startsWith(PREFIX) ? reference.slice(PREFIX.length) : undefined;
