import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({ index: 'src/index.ts', agents: 'src/agents.ts', postgres: 'src/postgres.ts' });
