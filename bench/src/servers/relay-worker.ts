import { startRelayWorker } from './relay';

await startRelayWorker();
