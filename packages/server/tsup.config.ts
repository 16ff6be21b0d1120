import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  index: 'src/index.ts',
  agents: 'src/agents.ts',
  cluster: 'src/cluster.ts',
  metrics: 'src/metrics.ts',
  postgres: 'src/postgres.ts',
  redis: 'src/redis.ts',
  tracing: 'src/tracing.ts',
});
