import {
  type EventDefinition,
  findBoundsIssue,
  formatIssues,
  toPayloadError,
  type Validator,
  WirepactError,
} from '@wirepact/contract';
import { compileValidator } from '@wirepact/contract/compile';

/** A check of one client-to-server event's payload: the error where it is not what the contract says. */
export type PayloadCheck = (payload: unknown) => WirepactError | undefined;

const BOUND_KEYWORDS = new Set(['maxDepth', 'maxProperties', 'maxSize']);

function checkAgainst(validator: Validator<unknown>, { limits }: EventDefinition, payload: unknown) {
  const bound = findBoundsIssue(payload, limits);
  if (!bound) return validator.check(payload) ? undefined : toPayloadError(validator.issues(payload));
  const code = BOUND_KEYWORDS.has(bound.keyword) ? 'PAYLOAD_TOO_LARGE' : 'INVALID_PAYLOAD';
  return new WirepactError(code, formatIssues([bound]), { issues: [bound] });
}

/** The check of one event: bounds first, so that the schema only sees what is small. */
export function createPayloadCheck(event: EventDefinition): PayloadCheck {
  if (!event.payload) return () => undefined;
  const validator = compileValidator(event.payload);
  return (payload) => checkAgainst(validator, event, payload);
}
