import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { ChaosPlan } from './plan';
import type { StorePlace } from './run-store';
import type { ServerFigures } from './server-figures';

const START_TIMEOUT_MS = 30_000;
/** How much of what a process wrote at last is in the report of its end. */
const COMPLAINT_LENGTH = 4_000;

/** What a server process is started with. */
export interface ServerSettings {
  readonly bundle: string;
  readonly place: StorePlace;
  /** A Unix socket it listens on, too: the system keeps little for a peer that does not read from one. */
  readonly socketPath: string;
  readonly subject: ChaosPlan['subject'];
  readonly fault?: string | undefined;
  /** Whether agents are asked to answer. */
  readonly hasAgents: boolean;
  readonly figures: ServerFigures;
  /** Is told what the process logs, and what happens to it. */
  readonly note: (what: string) => void;
  /** A process ended without being killed. */
  readonly onCrash: (how: string) => void;
}

/** The port in the message of a server that listens. */
function toPort(message: unknown): number | undefined {
  const port: unknown = typeof message === 'object' && message ? Reflect.get(message, 'port') : undefined;
  return typeof port === 'number' ? port : undefined;
}

/** A server in a process of its own, which can be killed and started again; where it ends by itself, it is started again. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private lastPort = 0;
  private lives = 0;
  private restarting: Promise<void> | undefined;

  constructor(private readonly settings: ServerSettings) {}

  /** Whether it listens. */
  get isUp(): boolean {
    return this.child !== undefined;
  }

  /** Its process; another one after each start. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Where it listens, or did until it was killed. */
  get port(): number {
    return this.lastPort;
  }

  get socketPath(): string {
    return this.settings.socketPath;
  }

  /** Starts it, on the port it had before; resolves once it listens. */
  async start(): Promise<void> {
    const {
      bundle,
      place,
      socketPath,
      subject,
      fault = '',
      figures,
      hasAgents,
      note,
      onCrash,
    } = this.settings;
    const { file = '', connection = '', redis = '' } = place;
    const store = { CHAOS_FILE: file, CHAOS_CONNECTION: connection, CHAOS_REDIS: redis };
    const where = { ...store, CHAOS_SOCKET: socketPath };
    this.lives += 1;
    const child = fork(bundle, [], {
      env: {
        ...{ ...process.env, ...where, CHAOS_FAULT: fault, CHAOS_SUBJECT: subject },
        CHAOS_AGENTS: hasAgents ? '1' : '',
        ...{ CHAOS_PORT: `${this.lastPort}`, CHAOS_LIFE: `${this.lives}` },
      },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.on('message', (message) => figures.take(child.pid, message));
    let complaint = '';
    child.stderr?.on('data', (chunk) => {
      complaint = `${complaint}${chunk}`.slice(-COMPLAINT_LENGTH);
      note(`${chunk}`.trimEnd());
    });
    this.lastPort = await this.listening(child, () => complaint);
    this.child = child;
    child.once('exit', (code, signal) => {
      if (this.child !== child) return;
      this.child = undefined;
      onCrash(`it ended with ${code ?? signal}: ${complaint}`);
      this.restarting = this.start().catch((cause) => onCrash(`it cannot be started again: ${cause}`));
    });
  }

  /** Ends it as a crash does, at whatever it is doing. */
  async kill(): Promise<void> {
    await this.restarting;
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
