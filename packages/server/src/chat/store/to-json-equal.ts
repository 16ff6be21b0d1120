import { WirepactError } from '@wirepact/contract/runtime';

/** A value as JSON text. @throws WirepactError `INVALID_PAYLOAD` where it is none, such as a bigint or a circle. */
function toJson(value: object): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WirepactError('INVALID_PAYLOAD', `This cannot be written as JSON: ${reason}`, { cause });
  }
}

/** A copy of what JSON says of a value. @throws WirepactError `INVALID_PAYLOAD` */
export const toJsonCopy = <Value extends object>(value: Value): Value => JSON.parse(toJson(value));

const isJsonScalar = (value: unknown) =>
  value === undefined || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

/**
 * What a value is once it has been written as JSON and read again: a date is a text, what JSON leaves out is gone. Values
 * that hold only texts, numbers and the like are answered as they are.
 * @throws WirepactError `INVALID_PAYLOAD` where it cannot be written as JSON.
 */
export const toJsonEqual = <Value extends object>(value: Value): Value =>
  Object.values(value).every(isJsonScalar) ? value : toJsonCopy(value);
