export type { ElizaosOptions } from './elizaos-options';
export { type ElizaosServer, startElizaos } from './start-elizaos';
export { DEFAULT_SERVER } from './store';
