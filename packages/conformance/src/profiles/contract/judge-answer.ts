import { type ErrorDefinition, PIPELINE_ERRORS } from '@wirepact/contract';
import { must, show } from '../../check/expectations';
import { type Answer, errorOf, isFields } from '../../wire/packet';
import type { ContractView, EventView } from './contract-view';

const codesOf = ({ errors }: ContractView): ReadonlyMap<unknown, Pick<ErrorDefinition, 'retryable'>> =>
  new Map(Object.entries({ ...PIPELINE_ERRORS, ...errors }));

/** @throws Violation Where an error is not what the rules and the contract's registry say. */
export function judgeError(view: ContractView, event: string, answer: Answer): void {
  const error = errorOf(answer);
  const { code, message, retryable, data } = error;
  must(answer.ok === false && isFields(answer.error), `${event} is answered with ${show(answer)}`);
  must(typeof code === 'string' && code !== '', `the error of ${event} has no code: ${show(error)}`);
  must(typeof message === 'string' && /\w/.test(message), `the error ${code} of ${event} has no message`);
  const known = codesOf(view).get(code);
  must(known, `${event} fails with ${code}, a code that the contract does not have`);
  must(retryable === known.retryable, `the error ${code} of ${event} has retryable ${show(retryable)}`);
  must(
    view.isErrorData(code, data),
    `the error ${code} of ${event} tells ${show(data)}, which is not its data`,
  );
}

/** @throws Violation Where the answer to a valid payload is not what the contract says of its event. */
export function judgeAnswer(view: ContractView, { name, event, declared }: EventView, answer: Answer): void {
  if (answer.ok === true) {
    if (declared.stream) return;
    must(
      event.reply?.check(answer.data) ?? true,
      `${name} replies ${show(answer.data)}, which is not what it declares`,
    );
    return;
  }
  judgeError(view, name, answer);
  const code = String(errorOf(answer).code);
  must(code !== 'INTERNAL', `${name} fails with INTERNAL for a valid payload`);
  must(
    Object.hasOwn(PIPELINE_ERRORS, code) || declared.errors.includes(code),
    `${name} fails with ${code}, which it does not declare`,
  );
}
