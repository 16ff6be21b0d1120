import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on loopback, on a port that is free; resolves with it. */
export async function listen(httpServer: Server): Promise<number> {
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  return (httpServer.address() as AddressInfo).port;
}
