import { packageBuild } from '../tsup.base.ts';

export default packageBuild(
  {
    main: 'src/main.ts',
    'model-main': 'src/model-main.ts',
    'server-process': 'src/server-process.ts',
    'cold-start-process': 'src/cold-start-process.ts',
    'relay-worker': 'src/servers/relay-worker.ts',
  },
  { dts: false },
);
