import { type Contract, findErrorDataError, type WireError, WirepactError } from '@wirepact/contract/runtime';
import { OwnError } from '../own-error';
import { retryable } from './retryable';

/**
 * What the sender of an event is told of an error: a `WirepactError` as it is, anything else only as INTERNAL. So is one
 * whose data is not what the contract says: that is the application's fault, and in the log.
 */
export function createWireErrors(
  { errors = {} }: Pick<Contract, 'errors'>,
  logger: { error(details: object, message: string): void },
): (event: string, cause: unknown) => WireError {
  const toInternal = (event: string, err: unknown): WireError => {
    logger.error({ err, event }, `${event} could not be handled`);
    return retryable('INTERNAL', 'The server failed to handle this event.').toWire();
  };
  return (event, cause) => {
    if (!(cause instanceof WirepactError) || cause instanceof OwnError) return toInternal(event, cause);
    const declared = Object.hasOwn(errors, cause.code) ? errors[cause.code] : undefined;
    const flaw = declared && findErrorDataError(declared, cause.data);
    if (!flaw) return cause.toWire();
    return toInternal(
      event,
      new Error(`The data of ${cause.code} is not what the contract says.`, { cause }),
    );
  };
}
