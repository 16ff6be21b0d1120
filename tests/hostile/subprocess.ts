import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { within } from './raw-tcp';

interface Reply {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** A program of ours in a process of its own, which does what it is asked (`answer-commands.ts`). */
export class Subprocess {
  private readonly waiting = new Map<
    number,
    { resolve: (result: never) => void; reject: (why: Error) => void }
  >();
  private lastId = 0;
  private complaint = '';

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.on('data', (chunk) => {
      this.complaint = `${this.complaint}${chunk}`.slice(-4_000);
    });
    child.on('message', ({ id = 0, result, error }: Reply) => {
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) asked?.resolve(result as never);
      else asked?.reject(new Error(error));
    });
    child.once('exit', () => {
      for (const { reject } of this.waiting.values()) reject(this.death());
    });
  }

  /** Starts it; resolves once it answers. */
  static async start(file: string, env: Readonly<Record<string, string>>): Promise<Subprocess> {
    const child = new Subprocess(
      fork(file, [], {
        env: { ...process.env, ...env },
        execArgv: [],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      }),
    );
    await child.ask('start');
    return child;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What it answers. @throws Error what went wrong in it, or that it ended */
  ask<Result>(command: string, args?: unknown): Promise<Result> {
    if (!this.isAlive) return Promise.reject(this.death());
    this.lastId += 1;
    const id = this.lastId;
    const answered = new Promise<Result>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.child.send({ id, command, args });
    return within(answered, `an answer to ${command}`, 60_000);
  }

  async kill(): Promise<void> {
    if (!this.isAlive) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  private death(): Error {
    return new Error(
      `The process ended with ${this.child.exitCode ?? this.child.signalCode}: ${this.complaint}`,
    );
  }
}
