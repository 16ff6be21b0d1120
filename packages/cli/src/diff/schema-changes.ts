import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract';
import { annotationChanges } from './annotation-changes';
import { type Compatibility, compatibilityOf, levelOf, reasonFor, type SchemaPair } from './compatibility';
import type { ChangeLevel, ContractChange } from './contract-change';
import { keywordChanges, type ViewPair } from './keyword-changes';
import type { PlacedSchema } from './proof/can-receive';
import { propertyChanges } from './property-changes';
import { viewOf } from './schema-view';
import { isUnion, unionChanges } from './union-changes';

const RANK: Readonly<Record<ChangeLevel, number>> = { patch: 0, feature: 1, breaking: 2 };

/** Changes of meaning that hold even where the values on the wire are the same. */
const isShape = ({ kind }: ContractChange) => /^(property|deprecated)-/.test(kind);

/**
 * What a schema as a whole is proved to be outweighs what its parts look like: a part that seems to break, but is made
 * good elsewhere, is no break.
 */
function softened(changes: readonly ContractChange[], whole: ChangeLevel, sender: SchemaPair['sender']) {
  return changes.flatMap((change): readonly ContractChange[] => {
    if (RANK[change.level] <= RANK[whole]) return [change];
    if (isShape(change) && change.level === 'feature') return [change];
    const level = isShape(change) ? 'feature' : whole;
    return [{ ...change, level, reason: reasonFor('patch', sender, '') }];
  });
}

/** A change of the whole, for what no part explains. */
function unexplained(path: string, pair: SchemaPair, compatibility: Compatibility): ContractChange {
  const level = levelOf(compatibility);
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

  readonly compare = (path: string, before: PlacedSchema, after: PlacedSchema): readonly ContractChange[] => {
    const views: ViewPair = { path, before: viewOf(before), after: viewOf(after), sender: this.sender };
    const names = `${views.before.names.join()}|${views.after.names.join()}`;
    const named = names !== '|';
    if (named && this.trail.has(names)) return [];
    if (named) this.trail.add(names);
    const changes = this.reconciled(path, { before, after, sender: this.sender }, views);
    if (named) this.trail.delete(names);
    return changes;
  };

  private reconciled(path: string, pair: SchemaPair, views: ViewPair): readonly ContractChange[] {
    const compatibility = compatibilityOf(pair);
    const whole = levelOf(compatibility);
    const said = annotationChanges(path, annotations(views.before.schema), annotations(views.after.schema));
    const parts = softened(this.parts(views), whole, pair.sender);
    const most = Math.max(-1, ...parts.map(({ level }) => RANK[level]));
    const lacking = RANK[whole] > 0 && most < RANK[whole];
    return [...said, ...(lacking ? [unexplained(path, pair, compatibility)] : []), ...parts];
  }

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
  private inner({ path, before, after }: ViewPair): readonly ContractChange[] {
    const at = (name: string, was: JsonSchema | undefined, is: JsonSchema | undefined) =>
      was === undefined && is === undefined
        ? []
        : this.compare(
            `${path}/${name}`,
            { schema: was ?? true, defs: before.defs },
            { schema: is ?? true, defs: after.defs },
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
): readonly ContractChange[] => new Comparison(sender).compare(path, before, after);
