import type { ChaosPlan } from './plan';

/** How long a run of an everyday test may take: it is over much sooner, but on a machine with much else to do. */
export const RUN_LIMIT = { timeout: 400_000 };

/** Two server processes on one PostgreSQL. */
export const ON_POSTGRES = { store: 'postgres', servers: 2 } as const;

/** Three server processes on one PostgreSQL, joined by a Redis. */
export const ON_REDIS = { store: 'postgres', servers: 3, redis: true } as const;

/** Part of every test run: seconds, not minutes. */
export const shortPlan = (seed: number, subject: ChaosPlan['subject'] = 'chat'): ChaosPlan => ({
  ...{ seed, subject, store: 'sqlite', servers: 1, silentChannels: 1 },
  clients: ['sdk', 'reference', 'sdk', 'sdk', 'reference', 'reader'],
  channels: 2,
  sends: 600,
  window: 4,
  repeated: 0.1,
  long: 0.1,
  answered: 0.25,
  amounts: {
    ...{ kill: 4, cut: 5, cutInPacket: 4, loseAcknowledgements: 4, outage: 2, stall: 4 },
    ...{ delete: 6, clear: 1, update: 4, deleteChannel: 4, reload: 4, slow: 1 },
  },
  outageMs: 2_000,
  patienceMs: 15_000,
});

/** As {@link shortPlan}. */
export const shortPostgresPlan = (seed: number, subject: ChaosPlan['subject'] = 'chat'): ChaosPlan => ({
  ...{ seed, subject, ...ON_POSTGRES, silentChannels: 1, channels: 2, sends: 300, window: 4 },
  ...{ clients: ['sdk', 'reference', 'reference', 'sdk'], repeated: 0.1, answered: 0.25 },
  amounts: {
    ...{ kill: 2, killDatabase: 1, freezeDatabase: 1, stallDatabase: 1, terminateBackends: 2, loseCommit: 3 },
    ...{ cut: 2, loseAcknowledgements: 2, delete: 2, update: 2, reload: 1 },
  },
  ...{ freezeMs: 1_000, outageMs: 2_000, patienceMs: 30_000 },
});

/** As {@link shortPlan}: a server, the database and Redis are killed in turn. */
export const shortRedisPlan = (seed: number, subject: ChaosPlan['subject'] = 'chat'): ChaosPlan => ({
  ...{ seed, subject, ...ON_REDIS, silentChannels: 1, channels: 2, sends: 300, window: 4 },
  ...{ clients: ['sdk', 'reference', 'reference', 'sdk', 'sdk', 'reference'], repeated: 0.1, answered: 0.25 },
  amounts: {
    ...{ kill: 3, killDatabase: 1, killRedis: 2, terminateBackends: 1 },
    ...{ cut: 2, loseAcknowledgements: 2, delete: 2, update: 2, reload: 1 },
  },
  ...{ outageMs: 2_000, patienceMs: 30_000 },
});

/** As {@link shortPlan}: members on the deployed wire are in the same channels, on two servers. */
export const shortMixedPlan = (seed: number): ChaosPlan => ({
  ...shortPostgresPlan(seed),
  clients: ['sdk', 'deployed', 'elizaos', 'reference', 'deployed', 'elizaos'],
  amounts: {
    ...{ kill: 2, killDatabase: 1, stallDatabase: 1, loseCommit: 1 },
    ...{ cut: 6, cutInPacket: 3, loseAcknowledgements: 4, outage: 1, stall: 2 },
    ...{ delete: 4, clear: 1, update: 2, deleteChannel: 1, reload: 2 },
  },
  // A connection that died in its upgrade is found dead within 45 s.
  patienceMs: 60_000,
});

/** To be run on purpose. */
export const fullPlan = (seed: number, subject: ChaosPlan['subject'] = 'chat'): ChaosPlan => ({
  ...{ seed, subject, store: 'sqlite', servers: 1, silentChannels: 2 },
  clients: ['sdk', 'reference', 'sdk', 'polling', 'sdk', 'reference', 'sdk', 'polling', 'reader'],
  channels: 3,
  sends: 6_000,
  window: 6,
  repeated: 0.1,
  long: 0.1,
  answered: 0.2,
  amounts: {
    ...{ kill: 24, cut: 40, cutInPacket: 30, loseAcknowledgements: 30, outage: 15, stall: 30 },
    ...{
      delete: 60,
      clear: 4,
      update: 30,
      deleteChannel: 8,
      reload: 20,
      absence: 2,
      slow: 1,
      cutUpgrade: 12,
    },
  },
  outageMs: 6_000,
  // Longer than a client is away; Engine.IO finds a connection that died in its upgrade within 45 s, by its pings.
  patienceMs: 150_000,
});

/** As {@link fullPlan}. */
export const fullPostgresPlan = (seed: number, subject: ChaosPlan['subject'] = 'chat'): ChaosPlan => ({
  ...{ seed, subject, ...ON_POSTGRES, silentChannels: 2, channels: 3, sends: 5_000, window: 6 },
  clients: ['sdk', 'reference', 'reference', 'sdk', 'sdk', 'sdk', 'reader', 'reference'],
  ...{ repeated: 0.1, long: 0.1, answered: 0.1 },
  amounts: {
    ...{
      kill: 20,
      killDatabase: 10,
      freezeDatabase: 6,
      stallDatabase: 6,
      terminateBackends: 8,
      loseCommit: 16,
    },
    ...{ cut: 30, cutInPacket: 20, loseAcknowledgements: 20, outage: 10, stall: 20 },
    ...{ delete: 40, clear: 4, update: 30, deleteChannel: 6, reload: 16, absence: 1, slow: 1 },
  },
  ...{ freezeMs: 15_000, outageMs: 6_000, patienceMs: 150_000 },
});

/** As {@link fullPlan}. */
export const fullRedisPlan = (
  seed: number,
  subject: ChaosPlan['subject'] = 'chat',
  servers: number = ON_REDIS.servers,
): ChaosPlan => {
  const plan = fullPostgresPlan(seed, subject);
  // Fewer are sent meanwhile than in other runs: one of two who are away has missed much.
  const amounts = { ...plan.amounts, absence: 2, killRedis: 12 };
  return { ...plan, ...ON_REDIS, servers, sends: 3_000, answered: 0.2, amounts };
};

/** As {@link fullRedisPlan}, with members on the deployed wire. */
export const fullMixedPlan = (seed: number): ChaosPlan => ({
  ...fullRedisPlan(seed),
  clients: ['sdk', 'deployed', 'reference', 'elizaos', 'deployed', 'elizaos', 'reader', 'reference'],
});

/** A small one for a server with a defect: enough of what the defect shows itself in. */
export const defectivePlan = (seed: number, fault: string, plan: Partial<ChaosPlan>): ChaosPlan => ({
  ...{
    seed,
    subject: 'chat',
    fault,
    store: 'sqlite',
    servers: 1,
    clients: ['reference', 'reference', 'reference'],
  },
  ...{ channels: 1, silentChannels: 1, sends: 120, window: 4, repeated: 0, amounts: {} },
  ...{ outageMs: 10_000, patienceMs: 30_000 },
  ...plan,
});
