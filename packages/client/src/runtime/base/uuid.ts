const toHex = (value: number, length: number) => value.toString(16).padStart(length, '0');

/**
 * A UUID of version 7, the time in milliseconds before what is random: a database that keeps messages by the ids of their
 * senders writes new ones side by side. It needs no secure origin, as `crypto.randomUUID` does.
 */
export function createUuid(): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => toHex(byte, 2)).join('');
  const hex = `${toHex(Date.now(), 12)}7${random.slice(0, 3)}8${random.slice(3)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
