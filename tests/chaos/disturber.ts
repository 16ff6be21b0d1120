import { BackendDisturber } from './backend-disturber';
import { ChannelDisturber } from './channel-disturber';
import { ConnectionDisturber } from './connection-disturber';
import type { Disturbance, Step } from './disturbance';
import type { DisturbedRun } from './disturbed-run';
import { Hearing } from './hearing';

/** How many sends may be started while a step is taken. */
const AHEAD = 100;

/** Does to a run what its schedule says. */
export class Disturber {
  private disturbances = 0;
  private readonly connections: ConnectionDisturber;
  private readonly channels: ChannelDisturber;
  private readonly backend: BackendDisturber;

  constructor(private readonly run: DisturbedRun) {
    this.connections = new ConnectionDisturber(run);
    this.channels = new ChannelDisturber(run);
    this.backend = new BackendDisturber(run, new Hearing(run, this.connections));
  }

  get counts() {
    const { reloads } = this.connections;
    return { ...this.backend.counts, reloads, disturbances: this.disturbances };
  }

  /** Takes every step at its moment, and then lets all proxies work again. */
  async play(steps: readonly Step[]): Promise<void> {
    const { change, log, workload, patienceMs } = this.run;
    for (const step of steps) {
      // What takes long must not find that all has been sent meanwhile.
      workload.limitTo(step.at + AHEAD);
      if (!(await change.until(() => workload.started >= step.at, patienceMs))) {
        log.missTime(`the schedule: ${workload.started} sends started, ${step.at} awaited`);
        break;
      }
      log.note('schedule', JSON.stringify(step));
      this.disturbances += 1;
      await this.take(step);
    }
    workload.limitTo(Number.POSITIVE_INFINITY);
    this.connections.heal();
    log.note('schedule', 'is over');
  }

  private take(step: Disturbance): Promise<void> | void {
    switch (step.kind) {
      case 'kill':
      case 'killDatabase':
      case 'killRedis':
      case 'freezeDatabase':
      case 'stallDatabase':
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
