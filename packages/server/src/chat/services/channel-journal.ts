import type { Contract } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import { createStoreJournal } from '../../runtime/channels/store-journal';
import type { Journal } from '../../runtime/ports/journal';
import type { ServerMeter } from '../../runtime/ports/metrics';
import type { Store } from '../ports/store';
import { toEntry } from './channel-entry';

/** What a store keeps of channels, and of an extension's own rooms, as the events that members receive. */
export const createChannelJournal = (
  store: Store,
  contract: Pick<Contract, 'serverToClient'>,
  meter: Pick<ServerMeter, 'caughtUp'> | undefined,
  logger: Logger,
): Journal =>
  createStoreJournal({
    store,
    contract,
    meter,
    logger,
    toEntry: (...stored) => toEntry(contract, ...stored),
  });
