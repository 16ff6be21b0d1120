import type { JsonSchemaObject } from '@wirepact/contract/tools';
import type { ContractDocument } from '../../contract-document';
import { referencesOf } from '../../references-of';
import { toConstraintText, toFieldTable } from './fields';
import { toHeading, toParagraph } from './markdown-text';
import { toTypeCell, toTypeText } from './type-cell';

/** What a type is, in paragraphs: its description, its type where a table does not say it, and its fields. */
export function describeType(schema: JsonSchemaObject): string[] {
  const table = toFieldTable(schema);
  const isPlain = table !== undefined && toTypeText(schema) === 'object';
  const constraints = toConstraintText(schema);
  return [
    ...(schema.description === undefined ? [] : [toParagraph(schema.description)]),
    ...(isPlain ? [] : [`Type: ${toTypeCell(schema)}`]),
    ...(constraints === '' ? [] : [constraints]),
    ...(table === undefined ? [] : [table]),
  ];
}

/** The types that others, errors or rooms refer to: all the rest is described where an event uses it. */
export function listSharedTypes({ $defs, errors, presence = {} }: ContractDocument): string[] {
  const told = Object.values(errors).flatMap(({ data }) => (data ? [data] : []));
  const referred = new Set(
    [...Object.values($defs), ...told, ...Object.values(presence)].flatMap(referencesOf),
  );
  return Object.keys($defs).filter((name) => referred.has(name));
}

/** A section for a type. */
export const toTypeSection = (name: string, schema: JsonSchemaObject): string[] => [
  toHeading(3, 'type', name),
  ...describeType(schema),
];
