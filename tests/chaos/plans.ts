import type { ChaosPlan } from './plan';

/** Part of every test run: seconds, not minutes. */
export const shortPlan = (seed: number): ChaosPlan => ({
  seed,
  clients: ['sdk', 'reference', 'sdk', 'sdk', 'reference', 'reader'],
  channels: 2,
  sends: 600,
  window: 4,
  repeated: 0.1,
  long: 0.1,
  amounts: {
    ...{ kill: 4, cut: 5, cutInPacket: 4, loseAcknowledgements: 4, outage: 2, stall: 4 },
    ...{ delete: 6, clear: 1, update: 4, deleteChannel: 2, reload: 4, slow: 1 },
  },
  outageMs: 2_000,
  patienceMs: 15_000,
});

/** To be run on purpose. */
export const fullPlan = (seed: number): ChaosPlan => ({
  seed,
  clients: ['sdk', 'reference', 'sdk', 'polling', 'sdk', 'reference', 'sdk', 'polling', 'reader'],
  channels: 3,
  sends: 6_000,
  window: 6,
  repeated: 0.1,
  long: 0.1,
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
  // Engine.IO finds a connection that died in its upgrade to a WebSocket by its pings only: within 45 s.
  patienceMs: 90_000,
});

/** A small one for a server with a defect: enough of what the defect shows itself in. */
export const defectivePlan = (seed: number, fault: string, plan: Partial<ChaosPlan>): ChaosPlan => ({
  ...{ seed, fault, clients: ['reference', 'reference', 'reference'], channels: 1, sends: 120, window: 4 },
  ...{ repeated: 0, amounts: {}, outageMs: 1_000, patienceMs: 3_000 },
  ...plan,
});
