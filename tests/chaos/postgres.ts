import { type PostgresInstance, startPostgres } from '@wirepact/test-postgres';
import { Client } from 'pg';

const signal = (pids: readonly number[], name: NodeJS.Signals) => {
  for (const pid of pids) process.kill(pid, name);
};

/** A PostgreSQL with one database, to which everything happens that happens to databases. */
export class Postgres {
  private constructor(
    private readonly instance: PostgresInstance,
    /** Past all proxies. */
    readonly connectionString: string,
  ) {}

  /** @param programs Folder of PostgreSQL's programs. */
  static async start(programs: string): Promise<Postgres> {
    // What a process that is killed has written is not lost with it, on the disk or not.
    const instance = await startPostgres(programs, { isDurable: false });
    return new Postgres(instance, await instance.createDatabase());
  }

  get port(): number {
    return this.instance.port;
  }

  /** Kills the postmaster; its other processes notice and end. {@link restart} brings it back. */
  kill(): void {
    process.kill(this.instance.pid, 'SIGKILL');
  }

  restart(): Promise<void> {
    return this.instance.restart();
  }

  /** Stops all of its processes, as they are; answers with what lets them go on. */
  async freeze(): Promise<() => void> {
    const admin = await this.connect();
    const { pid } = this.instance;
    // The postmaster first, so that there are no more processes than those that are listed.
    signal([pid], 'SIGSTOP');
    const { rows } = await admin.query<{ pid: number }>('select pid from pg_stat_activity');
    const pids = [pid, ...rows.map((row) => row.pid)];
    signal(pids, 'SIGSTOP');
    return () => {
      signal(pids, 'SIGCONT');
      void admin.end();
    };
  }

  /** Ends all connections to the database; answers with how many there were. */
  async terminateBackends(): Promise<number> {
    const admin = await this.connect();
    const { rowCount } = await admin.query(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
    `);
    await admin.end();
    return rowCount ?? 0;
  }

  stop(): Promise<void> {
    return this.instance.stop();
  }

  private async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.connectionString });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}
