import type { Position } from '@wirepact/protocol';
import type { Change } from './change';
import type { RunLog } from './run-log';
import { readHeads } from './server-heads';
import type { Servers } from './servers';
import type { Member } from './workload';

/** What a {@link Convergence} needs. */
export interface ConvergenceSettings {
  readonly change: Change;
  readonly log: RunLog;
  readonly members: readonly Member[];
  readonly channelIds: readonly string[];
  readonly servers: Servers;
}

/** A member that does not stand where the servers do. */
export interface Late {
  readonly client: string;
  readonly channelId: string;
  readonly position: Position | undefined;
  readonly head: Position | undefined;
  readonly unsent: number;
}

type Heads = ReadonlyMap<string, Position>;

/** As often as a channel may be created anew while everybody comes to rest. */
const MAX_ATTEMPTS = 5;

const isSame = (one: Position | undefined, other: Position | undefined) =>
  one?.epoch === other?.epoch && one?.seq === other?.seq;

/** Waits until members stand where the servers do, and the servers stand still. */
export class Convergence {
  constructor(private readonly settings: ConvergenceSettings) {}

  /** Those of `members` that do not arrive within the time; none where all do. */
  async findLate(members: readonly Member[], withinMs: number): Promise<Late[]> {
    const { change, channelIds } = this.settings;
    let heads = await this.readHeads();
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const areThere = () => this.compare(members, heads).length === 0;
      if (!(await change.until(areThere, withinMs))) break;
      const later = await this.readHeads();
      if (channelIds.every((id) => heads.has(id) && isSame(later.get(id), heads.get(id)))) return [];
      heads = later;
    }
    return this.compare(members, heads);
  }

  /** Asked of one server: they have one store. */
  private async readHeads(): Promise<Heads> {
    const { servers, channelIds } = this.settings;
    const [{ port } = { port: 0 }] = servers.all;
    return readHeads(`http://127.0.0.1:${port}`, channelIds);
  }

  private compare(members: readonly Member[], heads: Heads): Late[] {
    return members.flatMap(({ name, client }) =>
      this.settings.channelIds.flatMap((channelId): Late[] => {
        const { position, unsent } = client.view(channelId);
        const head = heads.get(channelId);
        if (head && isSame(position, head) && unsent.length === 0) return [];
        return [{ client: name, channelId, position, head, unsent: unsent.length }];
      }),
    );
  }
}
