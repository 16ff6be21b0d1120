import { WirepactError } from '@wirepact/contract/runtime';
import type { ChannelUpdates } from '@wirepact/protocol';

/** An error where these properties of a channel are larger than they may be. */
export function findPropertiesError(properties: ChannelUpdates, maxBytes: number): WirepactError | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(properties));
  if (bytes <= maxBytes) return undefined;
  return new WirepactError(
    'PROPERTIES_TOO_LARGE',
    `The properties of a channel may take ${maxBytes} bytes of JSON; these would take ${bytes}. Make them smaller.`,
  );
}
