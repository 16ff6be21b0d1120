import { type JsonSchema, type JsonSchemaObject, toPointerToken } from '@wirepact/contract/tools';
import { judge, type Receiving, reasonFor, type Sender, toCompatibility } from './compatibility';
import type { ChangeLevel, ContractChange } from './contract-change';
import type { Compare, ViewPair } from './keyword-changes';
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

const ASK = 'clients that need the new version ask for it when they connect';

/** Why a property that came or went has its level, by who sends it. */
const REASONS: Readonly<Record<`${Verb} by ${Sender}`, string>> = {
  'added by client': `An old server may not know it; ${ASK}.`,
  'added by server': `Old clients let it pass, unread. An old server does not send it; ${ASK}.`,
  'removed by client': 'Old clients may go on to send it; the new server lets it pass, unread.',
  'removed by server': 'Old clients accept its absence, but those that read it no longer find it.',
};

type Verb = 'added' | 'removed';

/** A property that is named on one side only. */
interface LoneProperty {
  readonly name: string;
  readonly verb: Verb;
  readonly schema: PlacedSchema;
  readonly required: boolean;
}

/** Whether it is understood what comes under the name: from the side that names it, and from the one that does not. */
function receivingOf(without: SchemaView, { name, verb, schema, required }: LoneProperty): Receiving {
  const unnamed = unnamedProperty(without, name);
  const receivesNamed = canReceive(unnamed, schema);
  const receivesUnnamed = !required && (!sendsUnnamed(without) || canReceive(schema, unnamed));
  return verb === 'added'
    ? { newReceivesOld: receivesUnnamed, oldReceivesNew: receivesNamed }
    : { newReceivesOld: receivesNamed, oldReceivesNew: receivesUnnamed };
}

/** Why a property breaks that came or went. */
function breakOf({ name, verb, required }: LoneProperty, sender: Sender): string {
  const isSent = (verb === 'added') === (sender === 'server');
  if (isSent) return reasonFor('breaking', sender, 'it');
  if (!required) return reasonFor('breaking', sender, `something else named ${JSON.stringify(name)}`);
  return sender === 'client'
    ? 'Old clients do not send it, and the new server refuses a payload without it.'
    : 'Old clients refuse what comes without it, as they were promised it.';
}

/** What came or went is something to know of, also where nobody refuses anything. */
const noLess = (level: ChangeLevel): ChangeLevel => (level === 'patch' ? 'feature' : level);

function addedOrRemoved(pair: ViewPair, name: string): ContractChange {
  const { path, before, after, sender, proved } = pair;
  const [was, is] = [propertyOf(before, name), propertyOf(after, name)];
  const verb: Verb = was === undefined ? 'added' : 'removed';
  const [view, other] = verb === 'added' ? [after, before] : [before, after];
  const required = isRequired(view, name);
  const property = { name, verb, schema: { schema: was ?? is ?? true, defs: view.defs }, required };
  const alone = toCompatibility(sender, receivingOf(other, property));
  const { level, reason } = judge(proved, alone, (found) =>
    found === 'breaking' ? breakOf(property, sender) : REASONS[`${verb} by ${sender}`],
  );
  return {
    path: `${path}/${toPointerToken(name)}`,
    kind: required ? `property-required-${verb}` : `property-${verb}`,
    level: noLess(level),
    message: `${required ? 'required' : 'optional'} property ${verb}`,
    reason,
    before: was,
    after: is,
  };
}

/** A property that must be there on one side only: whoever counts on it refuses what comes without it. */
function requiredChange(pair: ViewPair, name: string): readonly ContractChange[] {
  const { sender, proved } = pair;
  const [was, is] = [isRequired(pair.before, name), isRequired(pair.after, name)];
  if (was === is) return [];
  const alone = toCompatibility(sender, { newReceivesOld: !is, oldReceivesNew: is });
  const { level, reason } = judge(proved, alone, (found) => reasonFor(found, sender, 'objects without it'));
  return [
    {
      path: `${pair.path}/${toPointerToken(name)}`,
      kind: is ? 'property-made-required' : 'property-made-optional',
      level: noLess(level),
      message: is ? 'optional -> required' : 'required -> optional',
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
export function propertyChanges(pair: ViewPair, compare: Compare): readonly ContractChange[] {
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
      pair.proved,
    );
    return [...required, ...inner];
  });
}
