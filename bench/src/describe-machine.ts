import { availableParallelism } from 'node:os';

/** When and on what something is measured. */
export const describeMachine = (): string =>
  `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} shared cores, loopback`;
