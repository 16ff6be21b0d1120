const PREFIX = '#/$defs/';

/** A reference to a type of a document, as `$ref` has it. */
export type Reference = `#/$defs/${string}`;

/** The reference to the type `name` of a document. */
export const toReference = (name: string): Reference => `${PREFIX}${name}`;

/** The name of the type that a reference is to; a reference to anything else as it is. */
export const nameIn = (reference: string): string =>
  reference.startsWith(PREFIX) ? reference.slice(PREFIX.length) : reference;
