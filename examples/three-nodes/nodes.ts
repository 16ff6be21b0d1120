import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** How often nodes are asked whether they are ready, and how soon one that could not be started is tried again, in milliseconds. */
const CHECK_INTERVAL_MS = 250;
const RETRY_MS = 1_000;

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

/** The nodes on this machine; one that ends by itself, once it was ready, is started again. */
export class Nodes {
  private readonly running = new Set<Node>();
  private readonly ending = new Set<Node>();
  private replacing: Promise<void> = Promise.resolve();
  private isStopped = false;
  private readonly checking = setInterval(() => this.check(), CHECK_INTERVAL_MS);

  /** @param program runs one node, and sends its port to its parent. */
  constructor(
    private readonly program: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** Those that should be given clients. */
  readyPorts(): number[] {
    return [...this.running].filter((node) => node.isReady).map(({ port }) => port);
  }

  /** Starts a node; resolves once it is ready. @throws Error where it ends before. */
  async start(): Promise<void> {
    const node = await this.fork();
    while (!(await isReady(node.port))) {
      if (!this.running.has(node)) throw new Error('A node ended before it was ready.');
      await delay(CHECK_INTERVAL_MS);
    }
    node.isReady = true;
    const restart = () => {
      if (!this.ending.delete(node)) void this.startAgain();
    };
    if (this.running.has(node)) node.process.once('exit', restart);
    else restart();
  }

  /** Replaces the nodes one after the other: a new one is ready before an old one ends. */
  replaceAll(): Promise<void> {
    const replace = async () => {
      try {
        for (const node of [...this.running]) {
          await this.start();
          await this.end(node);
        }
        console.log('all nodes are replaced');
      } catch (error) {
        console.error('the other nodes stay as they are:', error);
      }
    };
    this.replacing = this.replacing.then(replace);
    return this.replacing;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.checking);
    await Promise.all([...this.running].map((node) => this.end(node)));
  }

  /** Starts the process of a node; resolves once it says where it listens. */
  private async fork(): Promise<Node> {
    const env = { ...process.env, ...this.environment, ROLE: 'node', PORT: '0' };
    const child = fork(this.program, { env });
    const [{ port }] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('A node ended before it listened.'))),
    ]);
    const node: Node = { process: child, port, isReady: false };
    this.running.add(node);
    child.once('exit', () => this.running.delete(node));
    return node;
  }

  private async startAgain(): Promise<void> {
    while (!this.isStopped) {
      try {
        await this.start();
        return;
      } catch (error) {
        console.error(error);
        await delay(RETRY_MS);
      }
    }
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
