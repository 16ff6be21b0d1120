import { packageBuild } from '../../tsup.base';

export default packageBuild({ index: 'src/index.ts', compile: 'src/compile.ts' });
