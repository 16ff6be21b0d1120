import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { bundleServer } from '../chaos/server-bundle';
import { addressesOf, NETWORK } from './addresses';
import type { BystanderReport } from './bystander-report';
import { peakMemoryOf } from './cpu-clock';
import type { Target } from './raw-tcp';
import type { Figures, Remains } from './server-figures';
import type { HostName } from './server-hosts';
import { Subprocess } from './subprocess';

const RESULTS = join(import.meta.dirname, '../test-results/hostile');
/** How long others may wait, in milliseconds that the server's event loop computes meanwhile. */
const MAX_WAIT_MS = 1_000;
const MAX_MEMORY_MB = 400;
/** For a machine on which much else is done. */
const TIMEOUT_MS = 120_000;

const NO_FIGURES: Figures = { longestTurnMs: Number.NaN, calls: {}, underWay: {}, mostAtOnce: {} };

const bundle = (name: string) =>
  bundleServer(join(import.meta.dirname, `${name}.ts`), join(RESULTS, `${name}.${process.pid}.mjs`));

let bundles: Promise<[server: string, bystander: string]> | undefined;

/** Sockets have addresses of their own, and processes clocks that can be read, on Linux. */
export function describeAttack(name: string, scenarios: () => void): void {
  describe.runIf(process.platform === 'linux')(name, { timeout: TIMEOUT_MS }, scenarios);
}

/** What an attack cost everybody else. */
export interface Toll extends Figures, BystanderReport {
  readonly isAlive: boolean;
  readonly peakMemoryMb: number;
}

/** The bounds of every attack: nobody else is refused or waits, and the server lives, in little memory. */
export function expectBearable(toll: Toll): void {
  expect(toll, JSON.stringify(toll)).toMatchObject({ isAlive: true, failures: [] });
  expect(toll.peakMemoryMb, 'MB at most').toBeLessThan(MAX_MEMORY_MB);
  expect(toll.worstWaitMs, `ms of the server that ${toll.worstStep} waited`).toBeLessThan(MAX_WAIT_MS);
  expect(toll.longestTurnMs, 'ms of the longest turn').toBeLessThan(MAX_WAIT_MS);
  expect(toll.answered, 'answers that others got').toBeGreaterThan(8);
}

/** What the bystander says of itself. */
interface Manners {
  readonly auth?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server to be attacked, and somebody who chats there meanwhile. */
export class TargetServer {
  private readonly nextAddress = addressesOf(NETWORK.attacker);

  private constructor(
    private readonly server: Subprocess,
    private readonly bystander: Subprocess,
    readonly port: number,
  ) {}

  static async start(host: HostName, { auth = {}, headers = {} }: Manners): Promise<TargetServer> {
    bundles ??= Promise.all([bundle('server-entry'), bundle('bystander-entry')]);
    const [serverFile, bystanderFile] = await bundles;
    const server = await Subprocess.start(serverFile, { HOSTILE_HOST: host });
    const port = await server.ask<number>('start');
    const bystander = await Subprocess.start(bystanderFile, {
      ...{ HOSTILE_PORT: `${port}`, HOSTILE_PID: `${server.pid}` },
      ...{ HOSTILE_AUTH: JSON.stringify(auth), HOSTILE_HEADERS: JSON.stringify(headers) },
    });
    return new TargetServer(server, bystander, port);
  }

  /** Itself, for somebody with an address that nobody had. */
  newcomer(): Target {
    return { port: this.port, from: this.nextAddress() };
  }

  /** Attacks; resolves with what that cost, up to visits of the bystander after it. */
  async toll(attack: () => Promise<unknown>): Promise<Toll> {
    await Promise.all([this.bystander.ask('restart'), this.server.ask('restart')]);
    // The kernel counts the peak anew.
    writeFileSync(`/proc/${this.server.pid}/clear_refs`, '5');
    const failure = await attack().then(
      () => undefined,
      (error: Error) => error,
    );
    const report = await this.bystander.ask<BystanderReport>('report');
    const peakMemoryMb = this.server.isAlive ? peakMemoryOf(this.server.pid) : Number.NaN;
    const figures = await this.figures().catch(() => NO_FIGURES);
    const toll = { ...report, ...figures, peakMemoryMb, isAlive: this.server.isAlive };
    if (failure) throw new Error(`${failure.message} ${JSON.stringify(toll)}`, { cause: failure });
    return toll;
  }

  /** The most memory it has held at once since the last attack began. */
  get peakMemoryMb(): number {
    return peakMemoryOf(this.server.pid);
  }

  /** Resolves once the bystander has come and gone so often. */
  async visits(count: number): Promise<void> {
    await this.bystander.ask('visits', count);
  }

  figures(): Promise<Figures> {
    return this.server.ask('figures');
  }

  remains(): Promise<Remains> {
    return this.server.ask('remains');
  }

  /** TCP connections that it has, upgraded ones included. */
  connections(): Promise<number> {
    return this.server.ask('connections');
  }

  /** From now on whoever comes to a hook waits there. */
  hold(): Promise<void> {
    return this.server.ask('hold');
  }

  /** Lets go of everybody who waits in a hook. */
  release(): Promise<void> {
    return this.server.ask('release');
  }

  /** Creates a channel and posts messages there, as the host does; each has an attachment for each note. */
  post(channelId: string, count: number, text: string, notes: readonly string[] = []): Promise<void> {
    return this.server.ask('post', { channelId, count, text, notes });
  }

  /** Closes the chat, as the host does. */
  close(): Promise<void> {
    return this.server.ask('close');
  }

  /** Sends the bystander home, so that all that remains is the attackers'. */
  alone(): Promise<void> {
    return this.bystander.kill();
  }

  async kill(): Promise<void> {
    await Promise.all([this.server.kill(), this.bystander.kill()]);
  }
}

/** Starts a server before the tests around, and ends it after them. */
export function useTarget(host: HostName, manners: Manners = {}): { readonly server: TargetServer } {
  let server: TargetServer | undefined;
  beforeAll(async () => {
    server = await TargetServer.start(host, manners);
  }, 60_000);
  afterAll(() => server?.kill());
  return {
    get server() {
      if (!server) throw new Error('The server starts in beforeAll.');
      return server;
    },
  };
}
