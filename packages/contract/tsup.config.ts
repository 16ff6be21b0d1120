import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  index: 'src/index.ts',
  runtime: 'src/runtime.ts',
  build: 'src/build.ts',
  compile: 'src/compile.ts',
  cli: 'src/cli.ts',
});
