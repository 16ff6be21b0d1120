import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({ index: 'src/index.ts', runtime: 'src/runtime.ts', tools: 'src/tools.ts' });
