import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({ index: 'src/index.ts', agent: 'src/agent.ts', indexeddb: 'src/indexeddb.ts' });
