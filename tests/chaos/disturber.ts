import { BackendDisturber } from './backend-disturber';
import type { Change } from './change';
import { ChannelDisturber } from './channel-disturber';
import { ConnectionDisturber } from './connection-disturber';
import type { Disturbance, Step } from './disturbance';
import { Hearing } from './hearing';
import type { RunLog } from './run-log';
import type { RunStore } from './run-store';
import type { Servers } from './servers';
import type { Member, Workload } from './workload';

/** What a {@link Disturber} needs. */
export interface DisturberSettings {
  readonly change: Change;
  readonly log: RunLog;
  readonly members: readonly Member[];
  /** The channels that are sent to. */
  readonly channelIds: readonly string[];
  readonly silentChannelIds: readonly string[];
  readonly store: RunStore;
  readonly servers: Servers;
  readonly workload: Workload;
  /** How long a client is kept away at most. */
  readonly outageMs: number;
  /** How long the run may stand still. */
  readonly patienceMs: number;
}

/** Does to a run what its schedule says. */
export class Disturber {
  private disturbances = 0;
  private readonly connections: ConnectionDisturber;
  private readonly channels: ChannelDisturber;
  private readonly backend: BackendDisturber;

  constructor(private readonly settings: DisturberSettings) {
    this.connections = new ConnectionDisturber(settings);
    this.channels = new ChannelDisturber(settings);
    this.backend = new BackendDisturber(settings, new Hearing(settings, this.connections));
  }

  get counts() {
    const { reloads } = this.connections;
    return { ...this.backend.counts, reloads, disturbances: this.disturbances };
  }

  /** Takes every step at its moment, and then lets all proxies work again. */
  async play(steps: readonly Step[]): Promise<void> {
    const { change, log, workload, patienceMs } = this.settings;
    for (const step of steps) {
      if (!(await change.until(() => workload.started >= step.at, patienceMs))) {
        log.missTime(`the schedule: ${workload.started} sends started, ${step.at} awaited`);
        break;
      }
      log.note('schedule', JSON.stringify(step));
      this.disturbances += 1;
      await this.take(step);
    }
    this.connections.heal();
    log.note('schedule', 'is over');
  }

  private take(step: Disturbance): Promise<void> | void {
    switch (step.kind) {
      case 'kill':
      case 'killDatabase':
      case 'freezeDatabase':
      case 'terminateBackends':
      case 'loseCommit':
        return this.backend.take(step);
      case 'delete':
      case 'clear':
      case 'update':
      case 'deleteChannel':
        return this.channels.take(step);
      default:
        return this.connections.take(step);
    }
  }
}
