import type { JsonSchemaObject, JsonType } from '@wirepact/contract/tools';
import type { Case } from './facts';
import { numberRange } from './number-rule';

/** JSON's kinds of values; whole numbers are numbers here. */
export type Kind = Exclude<JsonType, 'integer'>;

const KINDS: readonly Kind[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** Whole numbers between two bounds that are tried one by one. */
const MAX_TRIED = 64;

/** Types that a schema names; `undefined` where it names none. */
export const namedTypes = ({ type }: JsonSchemaObject): readonly JsonType[] | undefined =>
  type === undefined || typeof type !== 'string' ? (type as readonly JsonType[] | undefined) : [type];

const allowsKind = (schema: JsonSchemaObject, kind: Kind) => {
  const types = namedTypes(schema);
  return !types || types.includes(kind) || (kind === 'number' && types.includes('integer'));
};

/** Kinds of values that a case leaves. */
export const kindsOf = ({ literals }: Case): readonly Kind[] =>
  KINDS.filter((kind) => literals.every(({ schema }) => allowsKind(schema, kind)));

/** The values that one keyword of the case alone leaves, where those are few enough to be tried. */
export function candidateValues(one: Case): readonly unknown[] | undefined {
  for (const { schema } of one.literals) {
    if (schema.const !== undefined) return [schema.const];
    if (schema.enum) return schema.enum;
  }
  const kinds = kindsOf(one);
  if (kinds.every((kind) => kind === 'null' || kind === 'boolean'))
    return kinds.flatMap((kind) => (kind === 'null' ? [null] : [true, false]));
  return kinds.length === 1 && kinds[0] === 'number' ? wholeNumbers(one) : undefined;
}

function wholeNumbers({ literals }: Case): readonly number[] | undefined {
  const { least, most, whole } = numberRange(literals.map(({ schema }) => schema));
  if (!whole || !(most.value - least.value < MAX_TRIED)) return undefined;
  const count = Math.max(0, most.value - least.value + 1);
  return Array.from({ length: count }, (_, index) => least.value + index);
}
