import { join } from 'node:path';
import type { ChaosPlan } from './plan';
import type { RunLog } from './run-log';
import type { RunStore } from './run-store';
import { ServerFigures } from './server-figures';
import { ServerProcess } from './server-process';

/** What the servers of a run are made with. */
export interface ServersSettings {
  readonly bundle: string;
  /** For their Unix sockets. */
  readonly folder: string;
  readonly store: RunStore;
  readonly subject: ChaosPlan['subject'];
  readonly fault: string | undefined;
  /** As {@link Servers.hasAgents}. */
  readonly hasAgents: boolean;
  readonly log: RunLog;
}

/** The server processes of a run, on one store. */
export class Servers {
  readonly all: readonly ServerProcess[];
  /** What all processes so far told of themselves. */
  readonly figures = new ServerFigures();
  /** Whether agents are asked to answer. */
  readonly hasAgents: boolean;

  constructor({ bundle, folder, store, subject, fault, hasAgents, log }: ServersSettings) {
    const { figures } = this;
    this.hasAgents = hasAgents;
    this.all = store.places.map((place, index) => {
      const name = `server ${index}`;
      return new ServerProcess({
        ...{
          bundle,
          place,
          subject,
          fault,
          hasAgents,
          figures,
          socketPath: join(folder, `server-${index}.sock`),
        },
        note: (what) => log.note(name, what),
        onCrash: (how) => log.crash(name, how),
      });
    });
  }

  async start(): Promise<void> {
    await Promise.all(this.all.map((server) => server.start()));
  }

  /** Where a member connects: each has its server, and any other that listens while that does not. */
  forMember(member: number): ServerProcess {
    const own = this.at(member % this.all.length);
    return own.isUp ? own : (this.all.find(({ isUp }) => isUp) ?? own);
  }

  at(index: number): ServerProcess {
    const server = this.all[index];
    if (!server) throw new Error(`There is no server ${index}.`);
    return server;
  }

  async kill(): Promise<void> {
    await Promise.all(this.all.map((server) => server.kill()));
  }
}
