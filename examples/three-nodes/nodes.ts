import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** How often nodes are asked whether they are ready, in milliseconds. */
const CHECK_INTERVAL_MS = 250;

interface Node {
  readonly process: ChildProcess;
  readonly port: number;
  isReady: boolean;
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** The nodes on this machine; one that ends by itself is started again. */
export class Nodes {
  private readonly running = new Set<Node>();
  private readonly ending = new Set<Node>();
  private replacing: Promise<void> = Promise.resolve();
  private readonly checking = setInterval(() => this.check(), CHECK_INTERVAL_MS);

  constructor(private readonly environment: Readonly<Record<string, string>>) {}

  /** Those that should be given clients. */
  readyPorts(): number[] {
    return [...this.running].filter((node) => node.isReady).map(({ port }) => port);
  }

  /** Starts a node; resolves once it is ready. */
  async start(): Promise<void> {
    const env = { ...process.env, ...this.environment, ROLE: 'node', PORT: '0' };
    const child = fork(fileURLToPath(import.meta.url), { env });
    const [{ port }] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('A node ended before it was ready.'))),
    ]);
    const node: Node = { process: child, port, isReady: false };
    this.running.add(node);
    child.once('exit', () => {
      this.running.delete(node);
      if (!this.ending.delete(node)) void this.start();
    });
    while (!node.isReady) {
      await delay(CHECK_INTERVAL_MS);
      node.isReady = await isReady(port);
    }
  }

  /** Replaces the nodes one after the other: a new one is ready before an old one ends. */
  replaceAll(): Promise<void> {
    const replace = async () => {
      for (const node of [...this.running]) {
        await this.start();
        await this.end(node);
      }
      console.log('all nodes are replaced');
    };
    this.replacing = this.replacing.then(replace);
    return this.replacing;
  }

  async stop(): Promise<void> {
    clearInterval(this.checking);
    await Promise.all([...this.running].map((node) => this.end(node)));
  }

  private async end(node: Node): Promise<void> {
    if (!this.running.has(node)) return;
    this.ending.add(node);
    const ended = once(node.process, 'exit');
    node.process.kill('SIGTERM');
    await ended;
  }

  private check(): void {
    for (const node of this.running)
      void isReady(node.port).then((ready) => {
        node.isReady = ready;
      });
  }
}
