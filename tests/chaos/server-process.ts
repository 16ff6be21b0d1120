import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { ServerFigures } from './server-figures';

const START_TIMEOUT_MS = 30_000;

/** What a server process is started with. */
export interface ServerSettings {
  readonly bundle: string;
  readonly file: string;
  readonly fault?: string | undefined;
}

/** The port in the message of a server that listens. */
function toPort(message: unknown): number | undefined {
  const port: unknown = typeof message === 'object' && message ? Reflect.get(message, 'port') : undefined;
  return typeof port === 'number' ? port : undefined;
}

/** A chat server in a process of its own, which can be killed and started again. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private lastPort = 0;
  /** Processes that ended without being killed, in words. */
  readonly crashes: string[] = [];
  /** What all processes so far told of themselves. */
  readonly figures = new ServerFigures();

  constructor(private readonly settings: ServerSettings) {}

  /** Where it listens, or did until it was killed. */
  get port(): number {
    return this.lastPort;
  }

  /** A Unix socket it listens on, too: the system keeps little for a peer that does not read from one. */
  get socketPath(): string {
    return `${this.settings.file}.sock`;
  }

  /** Starts it, on the port it had before; resolves once it listens. */
  async start(): Promise<void> {
    const { bundle, file, fault = '' } = this.settings;
    const place = { CHAOS_FILE: file, CHAOS_PORT: `${this.lastPort}`, CHAOS_SOCKET: this.socketPath };
    const child = fork(bundle, [], {
      env: { ...process.env, ...place, CHAOS_FAULT: fault },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    child.on('message', (message) => this.figures.take(message));
    let complaint = '';
    child.stderr?.on('data', (chunk) => {
      complaint = `${complaint}${chunk}`.slice(-4_000);
    });
    this.lastPort = await this.listening(child, () => complaint);
    child.once('exit', (code, signal) => {
      if (this.child === child) this.crashes.push(`the server ended with ${code ?? signal}: ${complaint}`);
    });
  }

  /** Ends it as a crash does, at whatever it is doing. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  private listening(child: ChildProcess, complaint: () => string): Promise<number> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`The server ${why}. ${complaint()}`));
      const timer = setTimeout(() => fail('did not start in time'), START_TIMEOUT_MS);
      child.once('error', reject);
      child.once('exit', (code) => {
        clearTimeout(timer);
        fail(`ended with ${code}`);
      });
      child.on('message', (message) => {
        // It may have something else to tell before: clients connect as soon as it listens.
        const port = toPort(message);
        if (port === undefined) return;
        clearTimeout(timer);
        resolve(port);
      });
    });
  }
}
