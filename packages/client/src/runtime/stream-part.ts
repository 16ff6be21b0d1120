import type { ClientCore } from './client-core';
import { createItemStream } from './item-stream';
import type { ItemStream } from './lazy-stream';
import type { RequestOptions } from './request';
import { Streams } from './streams';

/** Creates the streams of a client. */
export type CreateStream = (
  event: string,
  payload: unknown,
  options: RequestOptions | undefined,
) => ItemStream<unknown>;

/** What a client loads when it is first asked for a stream. */
export function createStreamPart(core: ClientCore): CreateStream {
  const streams = new Streams(core);
  return (event, payload, options) => createItemStream(event, payload, options, { ...core, streams });
}
