import type { Costs, TalkCosts } from './costs';

const TALK: TalkCosts = {
  ...{ send: 100, deliver: 5, hear: 50, overhear: 10 },
  ...{ redis: 30, redisReader: 10, postgres: 200, postgresReader: 40 },
};

/** Costs that one can reckon with in one's head. */
export const testCosts = (talk: Partial<TalkCosts> = {}): Costs => ({
  run: 'none',
  nodeIdle: 1_000,
  talks: {
    relayed: { ...TALK, postgres: 0, postgresReader: 0, ...talk },
    stored: { ...TALK, redis: 0, redisReader: 0, ...talk },
  },
  connection: { bytes: 25_000, connect: 500, connectMs: 1, idle: 2 },
  bytes: { delivery: 400, redisIn: 500, redisOut: 400, postgresLog: 1_200 },
  checks: [],
  restarts: [],
});
