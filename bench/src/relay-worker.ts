import { startRelayWorker } from './servers/relay';

await startRelayWorker();
