import {
  type Contract,
  findBoundsIssue,
  findErrorDataError,
  type WireError,
  WirepactError,
} from '@wirepact/contract/runtime';
import { OwnError } from '../own-error';
import { retryable } from './retryable';

/** An error has no limits of its own, as the server makes it; this only keeps the check from running for ever. */
const ERROR_BOUNDS = {
  maxDepth: 100,
  maxProperties: Number.POSITIVE_INFINITY,
  maxSize: Number.POSITIVE_INFINITY,
};

/** Why an error cannot be sent, if so: its data is the host's, of which JSON cannot say everything, such as a bigint. */
export function findWireFlaw(error: WirepactError): Error | undefined {
  const issue = findBoundsIssue(error.toWire(), ERROR_BOUNDS);
  return issue && new Error(`${issue.path} of the error ${error.code} ${issue.message}.`, { cause: error });
}

/** Why the data of an error is not what the contract says, if so. A schema of another library may throw, too. */
function findDataFlaw({ errors = {} }: Pick<Contract, 'errors'>, error: WirepactError): Error | undefined {
  const declared = Object.hasOwn(errors, error.code) ? errors[error.code] : undefined;
  try {
    if (!declared || !findErrorDataError(declared, error.data)) return undefined;
    return new Error(`The data of ${error.code} is not what the contract says.`, { cause: error });
  } catch (cause) {
    return new Error(`The data of ${error.code} could not be checked.`, { cause });
  }
}

/**
 * What the sender of an event is told of an error: a `WirepactError` as it is, anything else only as INTERNAL. So is one
 * whose data is not what the contract says, or no JSON: that is the application's fault, and in the log.
 */
export function createWireErrors(
  contract: Pick<Contract, 'errors'>,
  logger: { error(details: object, message: string): void },
): (event: string, cause: unknown) => WireError {
  const toInternal = (event: string, err: unknown): WireError => {
    logger.error({ err, event }, `${event} could not be handled`);
    return retryable('INTERNAL', 'The server failed to handle this event.').toWire();
  };
  return (event, cause) => {
    if (!(cause instanceof WirepactError) || cause instanceof OwnError) return toInternal(event, cause);
    const flaw = findDataFlaw(contract, cause) ?? findWireFlaw(cause);
    return flaw ? toInternal(event, flaw) : cause.toWire();
  };
}
