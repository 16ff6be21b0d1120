import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract/tools';
import { annotationChanges } from './annotation-changes';
import { compatibilityOf, levelOf, reasonFor, type SchemaPair, UNPROVED, within } from './compatibility';
import type { ChangeLevel, ContractChange } from './contract-change';
import { type Compare, keywordChanges, type ViewPair } from './keyword-changes';
import { propertyChanges } from './property-changes';
import { viewOf } from './schema-view';
import { isUnion, unionChanges } from './union-changes';

/** A change of the whole, for what no part explains. */
function unexplained(path: string, pair: SchemaPair, level: ChangeLevel): ContractChange {
  const breaks = level === 'breaking';
  const values = breaks ? 'values (no proof was found that there are none)' : 'values';
  return {
    path,
    kind: breaks ? 'schema-undecided' : 'schema-changed',
    level,
    message: breaks ? 'the schema changed, and could not be shown to be compatible' : 'the schema changed',
    reason: reasonFor(level, pair.sender, values),
    before: pair.before.schema,
    after: pair.after.schema,
  };
}

/** Compares two versions of one schema and of all that is inside it. */
class Comparison {
  /** Pairs of references the comparison is inside of, so that a recursive type is compared once. */
  private readonly trail = new Set<string>();

  constructor(private readonly sender: SchemaPair['sender']) {}

  /** `whole` is what is proved of the place around this one. */
  readonly compare: Compare = (path, before, after, whole) => {
    const [was, is] = [viewOf(before), viewOf(after)];
    const names = `${was.names.join()}|${is.names.join()}`;
    const named = names !== '|';
    if (named && this.trail.has(names)) return [];
    if (named) this.trail.add(names);
    const pair = { before, after, sender: this.sender };
    const proved = within(whole, compatibilityOf(pair));
    const parts = this.parts({ path, before: was, after: is, sender: this.sender, proved });
    if (named) this.trail.delete(names);
    const level = levelOf(proved);
    const isExplained = level === 'patch' || parts.some((part) => part.level === level);
    return [
      ...annotationChanges(path, annotations(was.schema), annotations(is.schema)),
      ...(isExplained ? [] : [unexplained(path, pair, level)]),
      ...parts,
    ];
  };

  private parts(views: ViewPair): readonly ContractChange[] {
    const [before, after] = [views.before.schema, views.after.schema];
    if (isUnion(before) || isUnion(after)) return unionChanges(views, this.compare) ?? this.ownParts(views);
    return this.ownParts(views);
  }

  private ownParts(views: ViewPair): readonly ContractChange[] {
    const [before, after] = [views.before.schema, views.after.schema];
    const own = keywordChanges(views);
    const otherType = own.some(({ kind }) => kind === 'type-changed');
    if (otherType && before.type !== undefined && after.type !== undefined) return own;
    return [...own, ...propertyChanges(views, this.compare), ...this.inner(views)];
  }

  /** Items of lists, and values of properties without a name of their own. */
  private inner({ path, before, after, proved }: ViewPair): readonly ContractChange[] {
    const at = (name: string, was: JsonSchema | undefined, is: JsonSchema | undefined) =>
      was === undefined && is === undefined
        ? []
        : this.compare(
            `${path}/${name}`,
            { schema: was ?? true, defs: before.defs },
            { schema: is ?? true, defs: after.defs },
            proved,
          );
    const [was, is] = [before.schema, after.schema];
    const length = Math.max(was.prefixItems?.length ?? 0, is.prefixItems?.length ?? 0);
    const positions = Array.from({ length }, (_, index) => index);
    return [
      ...positions.flatMap((index) =>
        at(String(index), was.prefixItems?.[index] ?? was.items, is.prefixItems?.[index] ?? is.items),
      ),
      ...at('items', was.items, is.items),
      ...(typeof was.additionalProperties === 'object' || typeof is.additionalProperties === 'object'
        ? at('*', was.additionalProperties, is.additionalProperties)
        : []),
    ];
  }
}

/** What is said of a schema; its title is its name and no part of it. */
const annotations = ({ description, examples, default: standard, deprecated }: JsonSchemaObject) => ({
  ...(description !== undefined && { description }),
  ...(examples && { examples }),
  ...(standard !== undefined && { default: standard }),
  ...(deprecated !== undefined && { deprecated }),
});

/**
 * Every change between two versions of a schema, each at the finest place: one property, one item, one keyword. If the
 * new one is not proved compatible, at least one change is breaking.
 */
export const schemaChanges = (
  path: string,
  { before, after, sender }: SchemaPair,
): readonly ContractChange[] => new Comparison(sender).compare(path, before, after, UNPROVED);
