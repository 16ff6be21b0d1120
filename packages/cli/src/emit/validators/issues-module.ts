import {
  groupRules,
  type JsonType,
  MESSAGES,
  type Rule,
  type RuleBody,
  type Shape,
  toPointerToken,
} from '@wirepact/contract/tools';
import { assertionText, nameTests } from './assertion-text';
import type { CheckNames } from './check-names';
import type { Constants } from './constants';
import { applied, literal, not, ownProperty, propertyKey, type Test, VALUE } from './source-text';
import { isOfGroup, isOfTypes } from './type-tests';

/** What the texts of listers are made with. */
interface ListerContext {
  /** Text of what lists the issues of a shape: a lister, or the name of the check that it is kept by. */
  readonly listerOf: (shape: Shape) => string;
  readonly constants: Constants;
}

type RuleOf<Kind extends RuleBody['kind']> = Extract<RuleBody, { kind: Kind }>;

/** Functions of the emitted module that make the listers of values of one type. */
const TYPED: Readonly<Record<JsonType, string>> = {
  array: 'array',
  boolean: 'boolean',
  integer: 'integer',
  null: 'nothing',
  number: 'number',
  object: 'object',
  string: 'string',
};

const call = (name: string, parts: readonly (string | number)[]) => `${name}(${parts.join()})`;

const test = (text: Test, parameter = 'value') => `${parameter}=>${applied(text, VALUE, parameter)}`;

const holds = (text: Test, message: string, keyword: string, ...at: string[]) =>
  call('holds', [test(text), literal(message), literal(keyword), ...at.map(literal)]);

/** A check, which is a name, as the lister that is kept by it. */
const toLister = (text: string) => (/^\w+$/.test(text) ? call('all', [text]) : text);

/** The rules about properties, in their order, as objects of required and of optional ones by turns. */
function stateProperties(rules: readonly RuleOf<'property'>[], { listerOf }: ListerContext): string {
  const groups: string[][] = [[]];
  for (const { name, required, shape } of rules) {
    if (groups.length % 2 === (required ? 0 : 1)) groups.push([]);
    groups.at(-1)?.push(`${propertyKey(name)}:${listerOf(shape)}`);
  }
  const isPlain = rules.every(({ name }) => !(name in Object.prototype) && toPointerToken(name) === name);
  const objects = groups.map((group) => `{${group.join()}}`);
  return call(isPlain ? 'properties' : 'anyProperties', objects);
}

function stateEntries({ names, shape, keyword }: RuleOf<'entries'>, context: ListerContext): string {
  const { where, unless } = nameTests(names, context.constants);
  const isMeant = where === 'true' ? not(unless) : where;
  const each = shape.isNothing
    ? call('fault', [literal(MESSAGES.additionalProperties()), literal(keyword)])
    : context.listerOf(shape);
  return call('entries', [test(isMeant, 'name'), each]);
}

function stateContains({ min, max, shape }: RuleOf<'contains'>, { listerOf }: ListerContext): string[] {
  const count = `${VALUE}.filter((item)=>matches(${listerOf(shape)},item)).length`;
  const bounds = [];
  if (min > 0) bounds.push(holds(`${count}>=${min}`, MESSAGES.minContains(min), 'contains'));
  if (max < Number.POSITIVE_INFINITY)
    bounds.push(holds(`${count}<=${max}`, MESSAGES.maxContains(max), 'maxContains'));
  return bounds;
}

function stateBranches({ shapes, tag }: RuleOf<'any' | 'one'>, { listerOf }: ListerContext): string {
  const listers = `[${shapes.map(listerOf)}]`;
  if (!tag) return call('any', [listers]);
  const values = shapes.map((_, index) => literal(tag.values[index] ?? []));
  return call('tagged', [literal(tag.name), `[${values}]`, listers]);
}

function stateOne(rule: RuleOf<'any' | 'one'>, context: ListerContext): string[] {
  const listers = `[${rule.shapes.map(context.listerOf)}]`;
  const isOne = `${listers}.filter((shape)=>matches(shape,${VALUE})).length<2`;
  return [stateBranches(rule, context), holds(isOne, MESSAGES.oneOf(), 'oneOf')];
}

/** Texts of the listers of a rule that is not about one property. */
function stateRule(rule: Exclude<RuleBody, { kind: 'property' }>, context: ListerContext): string[] {
  const { listerOf, constants } = context;
  switch (rule.kind) {
    case 'assertion':
      return [
        holds(
          assertionText(rule.assertion, constants),
          rule.message,
          rule.keyword,
          ...(rule.at ? [rule.at] : []),
        ),
      ];
    case 'entries':
      return [stateEntries(rule, context)];
    case 'names': {
      const fault = call('fault', [literal(MESSAGES.propertyNames()), literal('propertyNames')]);
      return [call('entries', [`name=>!matches(${listerOf(rule.shape)},name)`, fault])];
    }
    case 'items':
      return [call('items', [rule.from, listerOf(rule.shape)])];
    case 'item':
      return [call('item', [rule.index, listerOf(rule.shape)])];
    case 'contains':
      return stateContains(rule, context);
    case 'all':
      return rule.shapes.map((shape) => toLister(listerOf(shape)));
    case 'any':
      return [stateBranches(rule, context)];
    case 'one':
      return stateOne(rule, context);
    case 'not':
      return [holds(`!matches(${listerOf(rule.shape)},${VALUE})`, MESSAGES.not(), 'not')];
    case 'if': {
      const isMet = `value=>matches(${listerOf(rule.condition)},value)`;
      const isNotMet = `value=>!matches(${listerOf(rule.condition)},value)`;
      return [call('about', [isMet, listerOf(rule.then)]), call('about', [isNotMet, listerOf(rule.else)])];
    }
    case 'code':
      // A document has no code.
      return [];
    case 'when':
      return [call('about', [test(`${ownProperty(VALUE, rule.name)}!==undefined`), listerOf(rule.shape)])];
  }
}

/** Texts of the listers of rules, where those about properties, which stand together, are one. */
function stateAll(rules: readonly Rule[], context: ListerContext): string[] {
  const properties = rules.filter((rule) => rule.kind === 'property');
  return rules.flatMap((rule) => {
    if (rule.kind !== 'property') return stateRule(rule, context);
    return rule === properties[0] ? [stateProperties(properties, context)] : [];
  });
}

/** The rules of one group together, behind the test that they are about the value at all. */
const stateGroups = (shape: Shape, context: ListerContext): string[] =>
  [...groupRules(shape)].flatMap(([group, members]) => {
    const listers = stateAll(members, context);
    return group === undefined ? listers : [call('about', [test(isOfGroup(group)), ...listers])];
  });

function stateShape(shape: Shape, context: ListerContext): string {
  if (shape.isNothing) return call('fault', [literal(MESSAGES.never()), literal('not')]);
  const listers = stateGroups(shape, context);
  const [type, ...others] = shape.types ?? [];
  if (type === undefined) return listers.length === 1 ? listers.join() : call('all', listers);
  if (others.length === 0) return call(TYPED[type], listers);
  return call('typed', [
    literal([type, ...others].join(' or ')),
    test(isOfTypes([type, ...others])),
    ...listers,
  ]);
}

/**
 * The table of what lists the issues of each shape that has a check of its own, by that check. What has none stands
 * where it is used.
 */
export function emitIssues(checks: CheckNames, constants: Constants): string {
  const context: ListerContext = {
    constants,
    listerOf: (shape) => checks.nameOf(shape) ?? stateShape(shape, context),
  };
  const entries = [...checks.functions].map(([shape, name]) => `[${name},${stateShape(shape, context)}]`);
  return `const listers=new Map([\n${entries.join(',\n')}\n]);`;
}
