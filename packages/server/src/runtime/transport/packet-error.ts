import type { EndReason } from '@wirepact/contract/runtime';

/** A packet that ends the connection it came from. */
export class PacketError extends Error {
  override readonly name = 'PacketError';

  constructor(
    readonly reason: EndReason,
    message: string,
  ) {
    super(message);
  }
}
