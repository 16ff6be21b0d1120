import type { Namespace } from 'socket.io';

/** What a server with a defect sends to rooms twice. */
const DOUBLED = {
  'tells-ends-twice': ['messageStreamError', 'messageComplete'],
  'doubles-chunks': ['messageStreamChunk'],
} as const;

/** A defect in what a server sends. */
export type WireFault = keyof typeof DOUBLED;

export const isWireFault = (name: string | undefined): name is WireFault =>
  name !== undefined && name in DOUBLED;

/** Has a namespace send some events to its rooms twice. @param meet Is called each time. */
export function sendTwice({ adapter }: Namespace, fault: WireFault, meet: () => void): void {
  const names: readonly unknown[] = DOUBLED[fault];
  const broadcast = adapter.broadcast.bind(adapter);
  adapter.broadcast = (packet, options) => {
    const name: unknown = packet.data[0];
    broadcast(packet, options);
    if (!names.includes(name)) return;
    meet();
    broadcast({ ...packet, data: [...packet.data] }, options);
  };
}
