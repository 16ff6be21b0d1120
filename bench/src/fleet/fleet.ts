import { setTimeout as delay } from 'node:timers/promises';
import { createChannelIds } from '../chat-load';
import { runClosedLoop } from '../closed-loop';
import { type ServerHandle, startServer } from '../server-handle';
import { untilDelivered } from '../until-delivered';
import type { Variant } from '../variant';
import { connectClients, type WireClient } from '../wire-client';
import type { Backends } from './backends';
import { cpuBetween, familyOf, readProcessCpu } from './process-cpu';
import type { Talk } from './talk';

/** How many processes serve, and what joins them. */
export interface Formation {
  readonly processes: number;
  readonly joinedBy: 'nothing' | 'redis' | 'cluster';
}

/** Rooms, and how many members each has besides the one who speaks. */
export interface FleetRooms {
  readonly rooms: number;
  readonly members: number;
  /** Whether everybody is on the first server, and the others hear what concerns none of theirs. */
  readonly isOnFirst?: boolean;
}

/** What was said for a while, and what it cost, in microseconds of CPU. */
export interface FleetSample {
  readonly messages: number;
  readonly deliveries: number;
  readonly seconds: number;
  readonly servers: number;
  /** Of it, what each server took. */
  readonly byServer: readonly number[];
  readonly redis: number;
  readonly postgres: number;
}

/** Somebody who speaks in a room. */
interface Speaker {
  readonly client: WireClient;
  readonly roomId: string;
}

/** How long what is said may take to everybody while the processes meet, and how often it is tried. */
const MEETING_MS = 500;
const MEETING_ATTEMPTS = 20;

/** Server processes and the members of some rooms, who are spread evenly over them. */
export class Fleet {
  /** What the last delivery was on the wire. */
  deliveredBytes = 0;
  /** Called with every delivery to a member, with the place of its room. */
  private onDelivery: (room: number) => void = () => undefined;
  private readonly speakers: Speaker[] = [];
  private readonly clients: WireClient[] = [];

  private constructor(
    readonly size: FleetRooms,
    private readonly talk: Talk,
    private readonly servers: readonly ServerHandle[],
    private readonly backends: Backends,
  ) {}

  /** Starts processes that are heard by each other, and lets everybody in. */
  static async start(
    talk: Talk,
    formation: Formation,
    size: FleetRooms,
    backends: Backends,
    nodeOptions: readonly string[],
  ): Promise<Fleet> {
    const fleet = new Fleet(size, talk, await startServers(talk, formation, backends, nodeOptions), backends);
    try {
      await fleet.gather();
      await fleet.meet();
      return fleet;
    } catch (error) {
      await fleet.stop();
      throw error;
    }
  }

  /** In each room so many things are said at once, the next ones when every member has heard them all. */
  async talkFor(durationMs: number, together: number): Promise<number> {
    const { rooms, members } = this.size;
    const heard: (() => void)[] = [];
    this.onDelivery = (room) => heard[room]?.();
    const start = (room: number, done: (error?: Error) => void) => {
      let left = members * together;
      heard[room] = () => {
        left -= 1;
        if (left === 0) done();
      };
      this.say(room, together, done);
    };
    return together * (await runClosedLoop({ lanes: rooms, durationMs, start }));
  }

  /**
   * Says so many things a second, one room after the other, at random times as independent people do. Resolves with how many it
   * was, once every member has heard them all.
   */
  async talkAtRate(durationMs: number, rate: number, random: () => number): Promise<number> {
    let heard = 0;
    let failure: Error | undefined;
    this.onDelivery = () => {
      heard += 1;
    };
    const start = performance.now();
    let said = 0;
    for (let at = gap(rate, random); at < durationMs; at += gap(rate, random)) {
      const waitMs = start + at - performance.now();
      if (waitMs > 1) await delay(waitMs);
      this.say(said % this.size.rooms, 1, (error) => {
        failure = error;
      });
      said += 1;
    }
    await untilDelivered(said * this.size.members, () => {
      if (failure) throw failure;
      return heard;
    });
    return said;
  }

  /** Says so many things in a room in one write; `onError` is called where one of them is refused. */
  private say(room: number, together: number, onError: (error: Error) => void): void {
    const speaker = this.speakers[room];
    speaker?.client.together(() => {
      for (let count = 0; count < together; count += 1)
        this.talk.say(speaker.client, speaker.roomId, (error) => error && onError(error));
    });
  }

  /** What everything costs while `load` runs, which resolves with how many messages were said. */
  async measure(load: () => Promise<number>): Promise<FleetSample> {
    const read = () => ({
      servers: this.servers.map(({ pid }) => readProcessCpu(familyOf(pid))),
      redis: readProcessCpu(this.backends.redisPids()),
      postgres: readProcessCpu(this.backends.postgresPids()),
    });
    const before = read();
    const start = performance.now();
    const messages = await load();
    const seconds = (performance.now() - start) / 1_000;
    const after = read();
    const byServer = before.servers.map((cpu, index) => cpuBetween(cpu, after.servers[index] ?? cpu));
    return {
      ...{ messages, deliveries: messages * this.size.members, seconds },
      ...{ byServer, servers: byServer.reduce((sum, one) => sum + one, 0) },
      redis: cpuBetween(before.redis, after.redis),
      postgres: cpuBetween(before.postgres, after.postgres),
    };
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.close();
    await Promise.all(this.servers.map((server) => server.stop()));
  }

  private async gather(): Promise<void> {
    const { rooms, members } = this.size;
    for (const [room, roomId] of createChannelIds(rooms).entries()) {
      const people = await this.connect(members + 1, room);
      await Promise.all(people.map((client) => this.talk.enter(client, roomId)));
      const [speaker, ...listeners] = people;
      if (speaker) this.speakers.push({ client: speaker, roomId });
      for (const listener of listeners)
        listener.onEvent = (frame) => {
          if (!frame.startsWith(this.talk.heard)) return;
          this.deliveredBytes = frame.byteLength;
          this.onDelivery(room);
        };
    }
  }

  /** Waits until what is said reaches every member: what joins the processes takes a moment to begin. */
  private async meet(): Promise<void> {
    const { rooms, members } = this.size;
    for (let attempt = 0; attempt < MEETING_ATTEMPTS; attempt += 1) {
      let heard = 0;
      this.onDelivery = () => {
        heard += 1;
      };
      for (let room = 0; room < rooms; room += 1) this.say(room, 1, () => undefined);
      await delay(MEETING_MS);
      if (heard === rooms * members) return;
    }
    throw new Error('Members on different servers do not hear each other.');
  }

  /** Connects clients, one to each server in turn, from the `first` on. */
  private async connect(count: number, first: number): Promise<WireClient[]> {
    const taking = this.size.isOnFirst ? this.servers.slice(0, 1) : this.servers;
    const lists = await Promise.all(
      taking.map((_, index) => {
        const server = taking[(first + index) % taking.length];
        return connectClients(server?.port ?? 0, shareOf(count, taking.length, index));
      }),
    );
    const clients = lists.flat();
    this.clients.push(...clients);
    return clients;
  }
}

/** Milliseconds to the next of events that come at random, so many a second. */
const gap = (rate: number, random: () => number) => (-Math.log(1 - random()) * 1_000) / rate;

/** The part of `count` that the one at `index` of several gets. */
const shareOf = (count: number, parts: number, index: number) =>
  Math.floor(count / parts) + (index < count % parts ? 1 : 0);

async function startServers(
  talk: Talk,
  { processes, joinedBy }: Formation,
  backends: Backends,
  nodeOptions: readonly string[],
): Promise<ServerHandle[]> {
  const REDIS_URL = joinedBy === 'redis' ? backends.createRedisUrl() : '';
  const isCluster = joinedBy === 'cluster';
  const variant: Variant = isCluster ? 'relayWorkers' : talk.node;
  const database = talk.isStored ? ((await backends.createDatabase?.()) ?? '') : '';
  const environment = { REDIS_URL, ...(isCluster && { WORKERS: `${processes}` }) };
  const settings = { nodeOptions, databases: { [variant]: database }, environment };
  const servers: ServerHandle[] = [];
  for (let started = 0; started < (isCluster ? 1 : processes); started += 1)
    servers.push(await startServer(variant, settings));
  return servers;
}
