import { packageBuild } from '../../tsup.base.ts';

export default packageBuild(
  { index: 'src/index.ts', runtime: 'src/runtime.ts', tools: 'src/tools.ts' },
  // The one interface that is used of it comes along, so that nothing has to be installed for it.
  { dts: { resolve: ['@standard-schema/spec'], compilerOptions: { ignoreDeprecations: '6.0' } } },
);
