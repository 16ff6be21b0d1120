/** A random id. Unlike `crypto.randomUUID`, it is there on plain http, too. */
export const createId = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
