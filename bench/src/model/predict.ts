import type { Check, Costs, TalkName } from './costs';

/** What is said on some nodes. */
export interface Traffic {
  readonly talk: TalkName;
  readonly nodes: number;
  /** Messages a second, in all rooms together. */
  readonly messages: number;
  /** Members of each room who hear one, wherever they are. */
  readonly members: number;
}

/** What something takes, in microseconds of CPU, each second where nothing else is said. */
export interface Load {
  readonly servers: number;
  readonly redis: number;
  readonly postgres: number;
}

/** How many of the nodes have somebody of a room whose members are anywhere. */
export const nodesWithMembers = (nodes: number, members: number): number =>
  nodes * (1 - (1 - 1 / nodes) ** members);

/** What traffic costs all servers together, and what joins them. */
export function loadOf({ talks }: Costs, { talk, nodes, messages, members }: Traffic): Load {
  const costs = talks[talk];
  const others = nodes - 1;
  // Whoever says it is somewhere: of the rest, so many have members.
  const hearing = Math.min(others, Math.max(0, nodesWithMembers(nodes, members + 1) - 1));
  const own = costs.send + members * costs.deliver;
  return {
    servers: messages * (own + hearing * costs.hear + (others - hearing) * costs.overhear),
    redis: messages * (costs.redis + others * costs.redisReader),
    postgres: messages * (costs.postgres + hearing * costs.postgresReader),
  };
}

/** What the model says that a run cost in all of its seconds. */
export function predictCheck(costs: Costs, check: Check): Load {
  const { talk, nodes, members, messages, seconds } = check;
  const load = loadOf(costs, { talk, nodes, members, messages: messages / seconds });
  return {
    servers: (load.servers + nodes * costs.nodeIdle) * seconds,
    redis: load.redis * seconds,
    postgres: load.postgres * seconds,
  };
}
