import type { Namespace } from 'socket.io';
import type { Peers } from '../ports/peers';

/** Before the names of events between servers: a namespace may be shared with the host. */
const OURS = 'wirepact:';

/** Whether an adapter sends to other servers: the class that all adapters extend only warns that it does not. */
function sendsToServers(adapter: object): boolean {
  let owners = 0;
  for (let at: unknown = adapter; typeof at === 'object' && at !== null; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, 'serverSideEmit')) owners += 1;
  return owners > 1;
}

/** The servers that the adapter of a namespace reaches. */
export class NamespacePeers implements Peers {
  private readonly listeners: (readonly [event: string, listener: (message: unknown) => void])[] = [];

  constructor(private readonly namespace: Namespace) {}

  get areReachable(): boolean {
    return sendsToServers(this.namespace.adapter);
  }

  send(topic: string, message: object): void {
    if (this.areReachable) this.namespace.serverSideEmit(`${OURS}${topic}`, message);
  }

  onMessage(topic: string, listener: (message: unknown) => void): void {
    this.namespace.on(`${OURS}${topic}`, listener);
    this.listeners.push([`${OURS}${topic}`, listener]);
  }

  /** Hears nothing more. */
  close(): void {
    for (const [event, listener] of this.listeners) this.namespace.off(event, listener);
  }
}
