import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  index: 'src/index.ts',
  indexeddb: 'src/indexeddb.ts',
  react: 'src/react/index.ts',
});
