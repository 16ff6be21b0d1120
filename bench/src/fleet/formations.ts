import type { Formation } from './fleet';

/** What is compared: nodes that a Redis joins, and workers of one machine. */
export const FORMATIONS = {
  alone: { processes: 1, joinedBy: 'nothing' },
  oneNode: { processes: 1, joinedBy: 'redis' },
  twoNodes: { processes: 2, joinedBy: 'redis' },
  threeNodes: { processes: 3, joinedBy: 'redis' },
  twoWorkers: { processes: 2, joinedBy: 'cluster' },
} as const satisfies Record<string, Formation>;

export type FormationName = keyof typeof FORMATIONS;
