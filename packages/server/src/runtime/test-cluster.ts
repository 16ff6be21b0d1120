import { createServer } from 'node:http';
import { type Namespace, Server } from 'socket.io';
import { ClusterAdapter } from 'socket.io-adapter';
import { onTestFinished } from 'vitest';
import { listen } from './test-client';

/** What adapters send each other. */
type ClusterMessage = Parameters<ClusterAdapter['onMessage']>[0];

/** A Socket.IO server of a host, among others. */
export interface TestNode {
  readonly io: Server;
  readonly url: string;
  /** Ends it as a kill does: without a word to anybody. */
  kill(): void;
}

/** Socket.IO servers whose adapters reach each other, as those of several processes do through Redis or another broker. */
export function createTestCluster(): { addNode: () => Promise<TestNode> } {
  class TestAdapter extends ClusterAdapter {
    // Socket.IO asks for a class that anybody may make an instance of.
    constructor(namespace: Namespace) {
      super(namespace);
    }

    override init(): void {
      adapters.add(this);
    }

    override close(): void {
      adapters.delete(this);
    }

    override serverCount(): Promise<number> {
      return Promise.resolve(adapters.size);
    }

    protected override async doPublish(message: ClusterMessage): Promise<string> {
      const text = JSON.stringify(message);
      // Not in the same turn of the event loop, as nothing that comes from another process does.
      if (adapters.has(this))
        setImmediate(() => {
          for (const adapter of adapters) if (adapter !== this) adapter.onMessage(JSON.parse(text));
        });
      return '';
    }

    protected override async doPublishResponse(): Promise<void> {}
  }
  const adapters = new Set<TestAdapter>();
  return {
    async addNode() {
      const http = createServer();
      const io = new Server(http, { adapter: TestAdapter });
      onTestFinished(() => void io.close());
      const kill = () => {
        io.of('/').adapter.close();
        void io.close();
      };
      return { io, url: await listen(http), kill };
    },
  };
}
