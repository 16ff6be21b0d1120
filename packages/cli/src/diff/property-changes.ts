import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract';
import { toPointerToken } from '@wirepact/contract/tools';
import { reasonFor, type Sender } from './compatibility';
import type { ChangeKind, ChangeLevel, ContractChange } from './contract-change';
import type { ViewPair } from './keyword-changes';
import { canReceive, type PlacedSchema } from './proof/can-receive';
import { propertySchemas } from './proof/object-keys';
import type { SchemaView } from './schema-view';

const propertyOf = ({ schema }: SchemaView, name: string): JsonSchema | undefined =>
  Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined;

const isRequired = ({ schema }: SchemaView, name: string) => (schema.required ?? []).includes(name);

/** What `view` says of a property it does not name. */
const unnamedProperty = ({ schema, defs }: SchemaView, name: string): PlacedSchema => ({
  schema: { allOf: propertySchemas(schema, name) },
  defs,
});

/** True where whoever sends by `view` may send properties it does not name. */
const sendsUnnamed = ({ schema }: SchemaView) =>
  schema.properties === undefined ||
  schema.additionalProperties !== undefined ||
  Object.keys(schema.patternProperties ?? {}).length > 0;

type Judgement = readonly [level: ChangeLevel, reason: string];

const ASK = 'clients that need the new version ask for it when they connect';

/** Reasons for a property that came or went, where it is not about values that are refused. */
const REASONS = {
  missing: 'Old clients do not send it, and the new server refuses a payload without it.',
  promised: 'Old clients refuse what comes without it, as they were promised it.',
  ignoredByOldServer: `An old server may not know it; ${ASK}.`,
  ignoredByOldClient: `Old clients let it pass, unread. An old server does not send it; ${ASK}.`,
  ignoredByNewServer: 'Old clients may go on to send it; the new server lets it pass, unread.',
  neverRequired: 'Old clients accept its absence, but those that read it no longer find it.',
};

function judgeAdded(
  { before, sender }: ViewPair,
  name: string,
  added: PlacedSchema,
  required: boolean,
): Judgement {
  const unnamed = unnamedProperty(before, name);
  if (sender === 'server') {
    if (!canReceive(unnamed, added)) return ['breaking', reasonFor('breaking', sender, 'it')];
    return ['feature', REASONS.ignoredByOldClient];
  }
  if (required) return ['breaking', REASONS.missing];
  if (sendsUnnamed(before) && !canReceive(added, unnamed))
    return ['breaking', reasonFor('breaking', sender, `something else named ${JSON.stringify(name)}`)];
  return ['feature', REASONS.ignoredByOldServer];
}

function judgeRemoved(
  { after, sender }: ViewPair,
  name: string,
  removed: PlacedSchema,
  required: boolean,
): Judgement {
  const unnamed = unnamedProperty(after, name);
  if (sender === 'client') {
    if (!canReceive(unnamed, removed)) return ['breaking', reasonFor('breaking', sender, 'it')];
    return ['feature', REASONS.ignoredByNewServer];
  }
  if (required) return ['breaking', REASONS.promised];
  if (sendsUnnamed(after) && !canReceive(removed, unnamed))
    return ['breaking', reasonFor('breaking', sender, `something else named ${JSON.stringify(name)}`)];
  return ['feature', REASONS.neverRequired];
}

function addedOrRemoved(pair: ViewPair, name: string): ContractChange {
  const was = propertyOf(pair.before, name);
  const is = propertyOf(pair.after, name);
  const view = was === undefined ? pair.after : pair.before;
  const placed = { schema: was ?? is ?? true, defs: view.defs };
  const required = isRequired(view, name);
  const verb = was === undefined ? 'added' : 'removed';
  const judge = was === undefined ? judgeAdded : judgeRemoved;
  const [level, reason] = judge(pair, name, placed, required);
  const kind: ChangeKind = required ? `property-required-${verb}` : `property-${verb}`;
  const message = `${required ? 'required' : 'optional'} property ${verb}`;
  const path = `${pair.path}/${toPointerToken(name)}`;
  return { path, kind, level, message, reason, before: was, after: is };
}

/** Level of a property that must be there on one side only: it breaks whoever counts on it. */
function requiredChange(pair: ViewPair, name: string): readonly ContractChange[] {
  const was = isRequired(pair.before, name);
  const is = isRequired(pair.after, name);
  if (was === is) return [];
  const breaksAt: Sender = is ? 'client' : 'server';
  const level: ChangeLevel = pair.sender === breaksAt ? 'breaking' : 'feature';
  const path = `${pair.path}/${toPointerToken(name)}`;
  const message = is ? 'optional -> required' : 'required -> optional';
  const reason = reasonFor(level, pair.sender, 'objects without it');
  return [
    {
      path,
      kind: is ? 'property-made-required' : 'property-made-optional',
      level,
      message,
      reason,
      before: was,
      after: is,
    },
  ];
}

const namesIn = ({ properties = {}, required = [] }: JsonSchemaObject) => [
  ...Object.keys(properties),
  ...required,
];

/**
 * Changes of the properties of an object: those that came and went, those that need not or must be there, and what
 * `compare` finds in those that stayed.
 */
export function propertyChanges(
  pair: ViewPair,
  compare: (path: string, before: PlacedSchema, after: PlacedSchema) => readonly ContractChange[],
): readonly ContractChange[] {
  const names = new Set([...namesIn(pair.before.schema), ...namesIn(pair.after.schema)]);
  return [...names].flatMap((name) => {
    const was = propertyOf(pair.before, name);
    const is = propertyOf(pair.after, name);
    if ((was === undefined) !== (is === undefined)) return [addedOrRemoved(pair, name)];
    const required = requiredChange(pair, name);
    if (was === undefined || is === undefined) return required;
    const inner = compare(
      `${pair.path}/${toPointerToken(name)}`,
      { schema: was, defs: pair.before.defs },
      { schema: is, defs: pair.after.defs },
    );
    return [...required, ...inner];
  });
}
