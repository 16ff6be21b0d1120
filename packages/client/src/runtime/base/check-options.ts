import { invalidOptions } from './client-errors';
import { suggestName } from './nearest-name';

/** What each option may be, in the words of {@link isOfKind}. */
export type OptionKinds<Options> = Readonly<Record<keyof Options, string>>;

/** What a value is, in the words of `typeof`; of a number, which. */
function kindOf(value: unknown): string {
  return value === null || typeof value === 'number' ? String(value) : typeof value;
}

function isOfKind(value: unknown, kind: string): boolean {
  if (kind === 'AbortSignal') return value instanceof AbortSignal;
  if (kind === 'whole number') return Number.isSafeInteger(value) && Number(value) >= 0;
  // One below 0, or none at all, is no length of time and no count of anything.
  if (kind === 'number') return Number(value) >= 0 && typeof value === 'number';
  return kind === kindOf(value);
}

const withArticle = (kind: string) => `${/^[aoA]/.test(kind) ? 'an' : 'a'} ${kind}`;

/**
 * Refuses options that do not exist, and those that are something else than they may be: JavaScript has no
 * compiler that does.
 * @throws WirepactError `INVALID_OPTIONS`, with the name of the option and what was probably meant.
 */
export function checkOptions<Options>(of: string, options: unknown, kinds: OptionKinds<Options>): void {
  if (options === undefined) return;
  const refuse = (what: string) => invalidOptions(`${of}: ${what}`);
  if (!isOfKind(options, 'object'))
    throw refuse(`the options must be an object, but got ${kindOf(options)}.`);
  const known: Readonly<Record<string, string>> = kinds;
  for (const [name, value] of Object.entries(Object(options))) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined)
      throw refuse(`there is no option "${name}". ${suggestName(name, Object.keys(known))}`);
    if (value !== undefined && !kind.split(' or ').some((one) => isOfKind(value, one)))
      throw refuse(`"${name}" must be ${withArticle(kind)}, but got ${kindOf(value)}.`);
  }
}

function isAddress(url: unknown): boolean {
  try {
    return typeof url === 'string' && /^(http|ws)s?:\/\/[^/]/.test(url) && new URL(url).host !== '';
  } catch {
    return false;
  }
}

/**
 * Refuses what is no address of a server.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function checkUrl(of: string, url: unknown): void {
  if (isAddress(url)) return;
  const shown = typeof url === 'string' ? JSON.stringify(url) : kindOf(url);
  const text = `${of}: the URL must be that of a server, such as "http://localhost:3000", but got ${shown}.`;
  throw invalidOptions(text);
}
