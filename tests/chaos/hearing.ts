import type { ConnectionDisturber } from './connection-disturber';
import { Convergence } from './convergence';
import type { DisturbedRun } from './disturbed-run';
import { type Member, memberAt } from './workload';

/** How long members may take to hear of something once all is up. */
const HEARING_MS = 10_000;
/** A run that has failed already does not have to wait long to fail again. */
const FAILED_HEARING_MS = 1_000;

/** Finds out whether members have heard of everything, in silence: nothing is sent meanwhile that would tell them. */
export class Hearing {
  private readonly convergence: Convergence;
  /** How often it was found out. */
  count = 0;

  constructor(
    private readonly run: DisturbedRun,
    private readonly connections: ConnectionDisturber,
  ) {
    const { channelIds, silentChannelIds } = run;
    this.convergence = new Convergence({ ...run, channelIds: [...channelIds, ...silentChannelIds] });
  }

  /** Who may say something: the client with this number, or the next one who is there. */
  speaker(client: number): Member {
    const { members } = this.run;
    const { present } = this.connections;
    const speakers = [...members.slice(client), ...members].filter(
      (member) => member.kind !== 'reader' && present.includes(member),
    );
    return speakers[0] ?? memberAt(members, client);
  }

  /**
   * Lets all proxies work again, waits until every send has settled and everybody is in the channels, and then that
   * everybody hears. Who is away for long does not count, nor who began with polling: a connection that died in its
   * upgrade to a WebSocket is found dead by Engine.IO's pings only.
   */
  async hold(after: string): Promise<void> {
    const { workload, change, log, patienceMs } = this.run;
    this.count += 1;
    this.connections.healPresent();
    const listeners = this.connections.present.filter(({ kind }) => kind !== 'polling');
    const isSettled = await workload.pause(listeners);
    const areReady = () => listeners.every(({ client }) => client.isReady());
    if (!isSettled) log.missTime(`not in time after ${after}: every send is settled`);
    else if (!(await change.until(areReady, patienceMs)))
      log.missTime(`not in time after ${after}: every client is in its channels`);
    else {
      const withinMs = log.unheard.length > 0 ? FAILED_HEARING_MS : HEARING_MS;
      for (const late of await this.convergence.findBehind(listeners, withinMs))
        log.missHearing({ ...late, after });
    }
    workload.resume();
  }
}
