import { type JsonSchema, type JsonSchemaObject, nameIn } from '@wirepact/contract/tools';
import { judge, reasonFor, toCompatibility } from './compatibility';
import type { ContractChange } from './contract-change';
import type { Compare, ViewPair } from './keyword-changes';
import { canReceive, type PlacedSchema } from './proof/can-receive';
import { type SchemaView, viewOf, withoutAnnotations } from './schema-view';
import { shown } from './value-phrases';

/** A union's branches; a schema that is none is a union of one. `undefined` where a union has keywords besides. */
export function branchesOf({ schema, defs }: SchemaView): readonly PlacedSchema[] | undefined {
  const { anyOf, oneOf, ...rest } = withoutAnnotations(schema);
  const branches = anyOf ?? oneOf;
  if (!branches) return [{ schema, defs }];
  if ((anyOf && oneOf) || Object.keys(rest).length > 0) return undefined;
  return branches.map((branch) => ({ schema: branch, defs }));
}

/** True where a schema is written as a union. */
export const isUnion = ({ anyOf, oneOf }: JsonSchemaObject) => anyOf !== undefined || oneOf !== undefined;

const tagOf = (schema: JsonSchema): unknown => {
  if (typeof schema === 'boolean') return undefined;
  return schema.const ?? (schema.enum?.length === 1 ? schema.enum[0] : undefined);
};

/** What tells a branch from others, in words: the tags of its properties, else its type or its name. */
function branchName(branch: PlacedSchema): string {
  const { schema, names } = viewOf(branch);
  const tags = Object.entries(schema.properties ?? {}).filter(
    ([, property]) => tagOf(property) !== undefined,
  );
  if (tags.length > 0) return tags.map(([name, property]) => `${name} ${shown(tagOf(property))}`).join(', ');
  const [reference] = names;
  return reference === undefined ? shown(withoutAnnotations(schema)) : nameIn(reference);
}

const accepted = (one: PlacedSchema, other: PlacedSchema) => canReceive(one, other) && canReceive(other, one);

/** Pairs of branches that belong together, and those that have no partner. */
interface Matching {
  readonly pairs: readonly (readonly [PlacedSchema, PlacedSchema])[];
  readonly removed: readonly PlacedSchema[];
  readonly added: readonly PlacedSchema[];
}

function matchBy(matching: Matching, belong: (one: PlacedSchema, other: PlacedSchema) => boolean): Matching {
  const left = [...matching.added];
  const pairs = [...matching.pairs];
  const removed = matching.removed.filter((before) => {
    const index = left.findIndex((after) => belong(before, after));
    const [after] = index < 0 ? [] : left.splice(index, 1);
    if (after) pairs.push([before, after]);
    return !after;
  });
  return { pairs, removed, added: left };
}

/** Branches of the same values first, then of the same name, then the only two that are left, where alike. */
function match(before: readonly PlacedSchema[], after: readonly PlacedSchema[]): Matching {
  const same = matchBy({ pairs: [], removed: before, added: after }, accepted);
  const named = matchBy(same, (one, other) => branchName(one) === branchName(other));
  const alone = named.removed.length === 1 && named.added.length === 1;
  return alone
    ? matchBy(named, (one, other) => viewOf(one).schema.type === viewOf(other).schema.type)
    : named;
}

function branchChange(pair: ViewPair, branch: PlacedSchema, verb: 'added' | 'removed'): ContractChange {
  const { schema, defs } = verb === 'added' ? pair.before : pair.after;
  const covered = canReceive({ schema, defs }, branch);
  const name = branchName(branch);
  const alone = toCompatibility(pair.sender, {
    newReceivesOld: verb === 'added' || covered,
    oldReceivesNew: verb === 'removed' || covered,
  });
  const { level, reason } = judge(pair.proved, alone, (found) =>
    reasonFor(found, pair.sender, `the alternative ${name}`),
  );
  return {
    path: pair.path,
    kind: `union-branch-${verb}`,
    level,
    message: `alternative ${verb}: ${name}`,
    reason,
    ...(verb === 'added' ? { after: branch.schema } : { before: branch.schema }),
  };
}

/** Changes of a union: alternatives that came and went, and what `compare` finds in those that stayed. */
export function unionChanges(pair: ViewPair, compare: Compare): readonly ContractChange[] | undefined {
  const before = branchesOf(pair.before);
  const after = branchesOf(pair.after);
  if (!before || !after) return undefined;
  const { pairs, removed, added } = match(before, after);
  return [
    ...pairs.flatMap(([was, is]) => compare(pair.path, was, is, pair.proved)),
    ...removed.map((branch) => branchChange(pair, branch, 'removed')),
    ...added.map((branch) => branchChange(pair, branch, 'added')),
  ];
}
