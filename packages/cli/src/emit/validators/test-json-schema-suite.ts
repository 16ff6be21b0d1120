import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract';
import { mapSubschemas } from '@wirepact/contract/tools';
import type { ContractDocument } from '../../contract-document';
import { documentOf } from '../test-documents';

/** Values and whether they match one schema. */
export interface SuiteGroup {
  readonly description: string;
  readonly schema: JsonSchema;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

/**
 * The folder of the suite's tests for draft 2020-12, `JSON_SCHEMA_TEST_SUITE`; `undefined` where it is not set.
 * @throws an Error where there is no such folder.
 */
export function findSuite(): string | undefined {
  const folder = process.env.JSON_SCHEMA_TEST_SUITE;
  if (folder && !existsSync(folder)) throw new Error(`There is no folder JSON_SCHEMA_TEST_SUITE=${folder}.`);
  return folder || undefined;
}

/** Every file of the suite, by its path. */
export function readSuite(folder: string): [file: string, groups: SuiteGroup[]][] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.json'),
  );
  return files.sort().map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8'))]);
}

/** What stands at a JSON Pointer of a schema. */
function resolve(root: unknown, pointer: string): unknown {
  const tokens = pointer.split('/').slice(1);
  return tokens.reduce((value: unknown, token) => {
    const name = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    return Object(value)[name];
  }, root);
}

/**
 * A document whose type `Root` is a schema of the suite. What it refers to in itself becomes a type, too; `$schema`
 * and comments are left out. All else is left for the emitter to take or refuse.
 */
export function toDocument(root: JsonSchema): ContractDocument {
  const types = new Map<string, JsonSchemaObject>();
  const names = new Map([['#', 'Root']]);

  const adapt = (schema: JsonSchema): JsonSchemaObject => {
    if (typeof schema === 'boolean') return schema ? {} : { not: {} };
    const { $defs: _defs, $ref, ...others } = schema;
    const rest = Object.entries(others).filter(
      ([keyword]) => keyword !== '$schema' && keyword !== '$comment',
    );
    const adapted = mapSubschemas(Object.fromEntries(rest), '', adapt);
    return $ref === undefined ? adapted : { ...adapted, $ref: refer($ref) };
  };
  const refer = (reference: string): string => {
    const target = reference === '#' ? root : resolve(root, reference);
    if (!/^#(?:\/|$)/.test(reference) || target === undefined) return reference;
    const name = names.get(reference) ?? `Type${names.size}`;
    if (!names.has(reference)) {
      names.set(reference, name);
      types.set(name, adapt(typeof target === 'boolean' ? target : Object(target)));
    }
    return `#/$defs/${name}`;
  };

  types.set('Root', adapt(root));
  return documentOf(Object.fromEntries(types));
}
