import { WirepactError } from './error';
import { isObject } from './is-object';
import { suggest } from './nearest';

/**
 * Checks that options are an object which has only what is `known`: a slip would say nothing, and check nothing.
 * @throws WirepactError `INVALID_CONTRACT`, which names the first that is unknown, and the one that was meant.
 */
export function checkOptions(place: string, options: unknown, known: object): void {
  if (!isObject(options))
    throw new WirepactError('INVALID_CONTRACT', `${place}: the options have to be an object.`);
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  const near = suggest(unknown, Object.keys(known)) || '.';
  throw new WirepactError('INVALID_CONTRACT', `${place}: there is no option "${unknown}"${near}`);
}
