import type { JsonSchemaObject } from '@wirepact/contract';
import type { Sender } from '../compatibility';
import type { ChangeKind, ChangeLevel } from '../contract-change';
import { SHAPE_ROWS } from './test-shape-rows';
import { VALUE_ROWS } from './test-value-rows';

/** One change of a schema, and what is to be said of it. */
export interface SchemaRow {
  readonly kind: ChangeKind;
  readonly sender: Sender;
  readonly level: ChangeLevel;
  /** The place below the payload; `''` for the payload itself. */
  readonly at: string;
  readonly before: JsonSchemaObject;
  readonly after: JsonSchemaObject;
  readonly message: string;
}

/** The name a row has where its level says that it breaks: what no part explains is then undecided. */
const kindAt = (kind: ChangeKind, level: ChangeLevel): ChangeKind =>
  kind === 'schema-changed' && level === 'breaking' ? 'schema-undecided' : kind;

/** Every change of a schema, each in both directions. */
export const SCHEMA_ROWS: readonly SchemaRow[] = [...SHAPE_ROWS, ...VALUE_ROWS].flatMap(
  ([kind, client, server, at, before, after, message]) =>
    (
      [
        ['client', client],
        ['server', server],
      ] as const
    ).map(([sender, level]) => ({
      kind: kindAt(kind, level),
      sender,
      level,
      at,
      before,
      after,
      message,
    })),
);
