import { parseArgs } from 'node:util';
import { WirepactError } from '@wirepact/contract/runtime';
import type { ProfileName } from '../check/check';
import type { Transport } from '../check/target';
import type { ConformanceOptions } from '../conformance';
import { type Fields, isFields } from '../wire/packet';

/** What the command is called with. */
export interface CommandOptions {
  /** Address of the server; left out where it is only asked about rules. */
  readonly url: string | undefined;
  readonly conformance: Omit<ConformanceOptions, 'contract'>;
  /** Path of the contract. */
  readonly contract: string | undefined;
  /** Files that the report is written to, by its form. */
  readonly files: Readonly<Partial<Record<'json' | 'junit' | 'markdown', string>>>;
  readonly rules: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
}

/** Every profile, by the name that the command takes. */
export const PROFILES: readonly ProfileName[] = ['document', 'wirepact', 'elizaos', 'contract'];
const TRANSPORTS = new Map<string, readonly Transport[]>([
  ['websocket', ['websocket']],
  ['polling', ['polling']],
  ['both', ['websocket', 'polling']],
]);

/** How the command is used. */
export const USAGE = `conformance <url> [options]      checks a Socket.IO server from outside, rule by rule

  --profile <name>     document, wirepact, elizaos or contract; several times for several
                       (default: document and wirepact, or with --contract contract)
  --contract <path>    a contract: its schema.json, or the folder that it was built into
  --transport <name>   websocket, polling or both (default: both)
  --rule <id>          only checks of this rule; several times for several
  --floods             also checks that send thousands of events
  --auth <json>        \`auth\` of every connection, such as '{"token":"…"}'
  --header <header>    a header of every connection, such as 'X-API-Key: …'
  --other-auth <json>, --other-header <header>
                       the same of somebody else, for what needs two who are signed in
  --private-room <id>  a channel, or a room of the contract, that --auth may be in and
                       --other-auth may neither join nor read nor write
  --path <path>        path of the Socket.IO endpoint (default: /socket.io/)
  --seed <number>      what everything that is made up comes from (default: 1)
  --patience <ms>      how long to wait for what has to come (default: 5000)
  --max-events <n>     events that may be sent over each transport (default: 20000)
  --max-seconds <n>    how long each transport may take (default: 600)
  --json <file>, --junit <file>, --markdown <file>
                       writes a report
  --verbose            also lists what passed
  --rules              lists all rules, and which of them are checked; needs no url`;

const OPTIONS = {
  profile: { type: 'string', multiple: true },
  contract: { type: 'string' },
  transport: { type: 'string', default: 'both' },
  rule: { type: 'string', multiple: true },
  floods: { type: 'boolean', default: false },
  auth: { type: 'string' },
  header: { type: 'string', multiple: true },
  'other-auth': { type: 'string' },
  'other-header': { type: 'string', multiple: true },
  'private-room': { type: 'string' },
  path: { type: 'string' },
  seed: { type: 'string' },
  patience: { type: 'string' },
  'max-events': { type: 'string' },
  'max-seconds': { type: 'string' },
  json: { type: 'string' },
  junit: { type: 'string' },
  markdown: { type: 'string' },
  verbose: { type: 'boolean', default: false },
  rules: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const wrong = (problem: string) => new WirepactError('INVALID_OPTIONS', problem);

function toNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(number) && number >= 0) return number;
  throw wrong(`--${name} takes a whole number, not ${JSON.stringify(text)}.`);
}

function toProfiles(names: readonly string[] | undefined): ProfileName[] | undefined {
  return names?.map((name) => {
    const profile = PROFILES.find((one) => one === name);
    if (profile) return profile;
    throw wrong(`There is no profile ${JSON.stringify(name)}, but ${PROFILES.join(', ')}.`);
  });
}

function toTransports(name: string): readonly Transport[] {
  const transports = TRANSPORTS.get(name);
  if (transports) return transports;
  throw wrong(`There is no transport ${JSON.stringify(name)}, but ${[...TRANSPORTS.keys()].join(', ')}.`);
}

function toAuth(name: string, text: string | undefined): Fields | undefined {
  if (text === undefined) return undefined;
  try {
    const auth: unknown = JSON.parse(text);
    if (isFields(auth)) return auth;
  } catch {
    // It is told below, with what it should be.
  }
  throw wrong(`--${name} takes an object as JSON, such as '{"token":"…"}'.`);
}

const toHeaders = (name: string, texts: readonly string[] | undefined): Record<string, string> | undefined =>
  texts &&
  Object.fromEntries(
    texts.map((text) => {
      const [, header, value] = /^([^:\s]+):\s*(.*)$/.exec(text) ?? [];
      if (header === undefined || value === undefined)
        throw wrong(
          `--${name} takes a name and a value, such as 'X-API-Key: …', not ${JSON.stringify(text)}.`,
        );
      return [header, value];
    }),
  );

/**
 * What the arguments of the command say.
 * @throws WirepactError `INVALID_OPTIONS` where one of them is not what it takes. An option that there is not is the
 * error of Node's `parseArgs`.
 */
export function readOptions(args: readonly string[]): CommandOptions {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [url, ...others] = positionals;
  if (others.length > 0) throw wrong(`One server is checked at a time; ${others.join(' ')} is too much.`);
  if (url === undefined && !values.rules && !values.help)
    throw wrong('The address of the server is missing.');
  if (url !== undefined && !/^(?:https?|wss?):\/\/./.test(url))
    throw wrong(`${JSON.stringify(url)} is no address; one begins with http://, https://, ws:// or wss://.`);
  const { json, junit, markdown } = values;
  return {
    url,
    conformance: {
      profiles: toProfiles(values.profile),
      transports: toTransports(values.transport),
      rules: values.rule,
      floods: values.floods,
      auth: toAuth('auth', values.auth),
      headers: toHeaders('header', values.header),
      otherAuth: toAuth('other-auth', values['other-auth']),
      otherHeaders: toHeaders('other-header', values['other-header']),
      privateRoom: values['private-room'],
      path: values.path,
      seed: toNumber('seed', values.seed),
      patienceMs: toNumber('patience', values.patience),
      maxEvents: toNumber('max-events', values['max-events']),
      maxSeconds: toNumber('max-seconds', values['max-seconds']),
    },
    contract: values.contract,
    files: {
      ...(json !== undefined && { json }),
      ...(junit !== undefined && { junit }),
      ...(markdown !== undefined && { markdown }),
    },
    rules: values.rules,
    verbose: values.verbose,
    help: values.help,
  };
}
