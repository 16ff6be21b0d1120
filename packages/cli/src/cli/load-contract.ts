import { resolve } from 'node:path';
import { type Contract, WirepactError } from '@wirepact/contract/runtime';
import { createJiti } from 'jiti';
import { placeOf } from './error-place';

/** A contract and the name it is exported under. */
export interface ExportedContract {
  readonly exportName: string;
  readonly contract: Contract;
}

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'version', 'clientToServer', 'serverToClient'].every((key) => key in value);

const unusable = (message: string, cause?: unknown) =>
  new WirepactError('INVALID_CONTRACT', message, { cause });

/** How long a module may take to load, in milliseconds. */
const LOAD_DEADLINE = 30_000;

/** What `loading` gives; rejects where it has given nothing by the deadline, as what is awaited may never come. */
async function withinDeadline<Loaded>(loading: Promise<Loaded>, deadline: number): Promise<Loaded> {
  const reason =
    `after ${deadline / 1_000} seconds it still waits for something. Is there an \`await\` at the top level of it, or of ` +
    'what it imports, for what never comes? Declare the contract in a module that waits for nothing.';
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(reason)), deadline);
  });
  try {
    return await Promise.race([loading, expiry]);
  } finally {
    clearTimeout(timer);
  }
}

async function importModule(path: string, deadline: number): Promise<object> {
  try {
    // Of a project's `tsconfig.json`, the one above the module.
    const loader = createJiti(resolve(path), { tsconfigPaths: true });
    return Object(await withinDeadline(loader.import(resolve(path)), deadline));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const [reason = ''] = message.split('\nRequire stack:');
    const place = placeOf(cause);
    const where = place === undefined ? '' : ` (${place})`;
    throw unusable(`${path} could not be loaded: ${reason.replace(/\s+/g, ' ').trim()}${where}`, cause);
  }
}

/**
 * The contract that a module exports, TypeScript or JavaScript. `exportName` says which, where it exports several; the
 * module has to be loaded within `deadline` milliseconds.
 * @throws WirepactError `INVALID_CONTRACT` where the module cannot be loaded, or does not export such a contract.
 */
export async function loadContract(
  path: string,
  exportName: string | undefined,
  deadline = LOAD_DEADLINE,
): Promise<ExportedContract> {
  const found = Object.entries(await importModule(path, deadline)).flatMap(
    ([name, value]): ExportedContract[] =>
      name !== 'default' && isContract(value) ? [{ exportName: name, contract: value }] : [],
  );
  const names = found.map((one) => one.exportName).join(', ');
  const [only, ...others] =
    exportName === undefined ? found : found.filter((one) => one.exportName === exportName);
  if (!only)
    throw unusable(
      exportName === undefined
        ? `${path} exports no contract under a name; it needs one such as \`export const board = defineContract(…)\`.`
        : `${path} exports no contract named ${exportName}${names && `, but ${names}`}.`,
    );
  if (others.length > 0)
    throw unusable(`${path} exports several contracts (${names}); say which with --export.`);
  return only;
}
