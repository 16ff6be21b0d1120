import cluster from 'node:cluster';
import { createAdapter } from '@socket.io/cluster-adapter';
import { setupWorker } from '@socket.io/sticky';
import { WirepactError } from '@wirepact/contract/runtime';
import type { ScaleOut } from '../ports/scale-out';

/**
 * Joins the workers of one machine, forked by Node's `cluster`: what is sent to a room reaches its members in every worker. The
 * primary process calls `setupPrimary` of `@socket.io/cluster-adapter`; where long polling is used, it also hands the requests
 * of a client to one worker (`setupPrimary` of `@socket.io/sticky`). Rate limits count each worker alone.
 * Needs `@socket.io/cluster-adapter` and `@socket.io/sticky`.
 *
 * @throws WirepactError `INVALID_OPTIONS` in a process that is no worker.
 *
 * @example
 * const chat = createChatServer({ store, scaleOut: createClusterScaleOut() });
 */
export function createClusterScaleOut(): ScaleOut {
  if (!cluster.isWorker)
    throw new WirepactError(
      'INVALID_OPTIONS',
      'createClusterScaleOut is for the workers that `cluster.fork()` starts; this process is none.',
    );
  return {
    join: () => ({
      createAdapter: createAdapter(),
      onAttached: setupWorker,
      async check() {
        if (!process.connected) throw new Error('the primary process is gone');
      },
      close() {},
    }),
  };
}
