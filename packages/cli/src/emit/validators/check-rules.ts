import { applies, type JsonType, type Rule, type RuleBody, type Shape } from '@wirepact/contract/tools';
import { assertionText, nameTests } from './assertion-text';
import type { Constants } from './constants';
import { FunctionScope } from './function-scope';
import { and, applied, not, or, ownProperty, type Test, VALUE } from './source-text';
import { isOfGroup } from './type-tests';

/** What is known, where a test stands, of the value it is about. */
export interface Subject {
  /** Text of the value: an identifier. */
  readonly value: string;
  /** The types it can only be of here, where that is known. */
  readonly types: readonly JsonType[] | undefined;
  readonly scope: FunctionScope;
  readonly constants: Constants;
}

/** Makes the test that a value matches a shape. */
export type ShapeTest = (shape: Shape, subject: Subject) => Test;

type RuleOf<Kind extends RuleBody['kind']> = Extract<RuleBody, { kind: Kind }>;

/** A test of what `read` reads. */
const readAndTest = (read: string, shape: Shape, subject: Subject, test: ShapeTest): Test =>
  subject.scope.bind(read, (value) => test(shape, { ...subject, value, types: undefined }));

/** True where no shape lets `undefined` pass, so that a missing property needs no test of its own. */
function refusesUndefined({ types, rules, refersTo }: Shape): boolean {
  if (types || refersTo) return true;
  return rules.some((rule) => {
    if (rule.kind === 'any' || rule.kind === 'one') return rule.shapes.every(refusesUndefined);
    if (rule.kind === 'all') return rule.shapes.some(refusesUndefined);
    return rule.kind === 'assertion' && rule.assertion.is === 'choice';
  });
}

function testProperty(rule: RuleOf<'property'>, subject: Subject, test: ShapeTest): Test {
  const { name, required, shape } = rule;
  const { scope } = subject;
  return scope.bind(ownProperty(subject.value, name), (value) => {
    const inner = test(shape, { ...subject, value, types: undefined });
    if (!required) return or([`${value}===undefined`, inner]);
    return refusesUndefined(shape) ? inner : and([`${value}!==undefined`, inner]);
  });
}

/** A function of a value that `test` tests, to pass to a method of arrays. */
const callback = (subject: Subject, test: (value: string, scope: FunctionScope) => Test): string =>
  FunctionScope.arrow(test, subject.scope);

function shapeCallback(shape: Shape, subject: Subject, test: ShapeTest, types?: readonly JsonType[]): string {
  const text = callback(subject, (value, scope) => test(shape, { ...subject, value, types, scope }));
  // A function that only calls another is that other one.
  return /^(\w+)=>(\w+)\(\1\)$/.exec(text)?.[2] ?? text;
}

function testEntries(rule: RuleOf<'entries'>, subject: Subject, test: ShapeTest): Test {
  const { where, unless } = nameTests(rule.names, subject.constants);
  const every = callback(subject, (name, scope) => {
    const inner = readAndTest(`${subject.value}[${name}]`, rule.shape, { ...subject, scope }, test);
    return or([not(applied(where, VALUE, name)), applied(unless, VALUE, name), inner]);
  });
  return `namesOf(${subject.value}).every(${every})`;
}

function testItems({ from, shape }: RuleOf<'items'>, subject: Subject, test: ShapeTest): Test {
  if (shape.isNothing) return `${subject.value}.length<=${from}`;
  const items = from > 0 ? `${subject.value}.slice(${from})` : subject.value;
  return `${items}.every(${shapeCallback(shape, subject, test)})`;
}

function testItem({ index, shape }: RuleOf<'item'>, subject: Subject, test: ShapeTest): Test {
  const inner = readAndTest(`${subject.value}[${index}]`, shape, subject, test);
  return or([`${subject.value}.length<=${index}`, inner]);
}

function testContains({ min, max, shape }: RuleOf<'contains'>, subject: Subject, test: ShapeTest): Test {
  const matches = shapeCallback(shape, subject, test);
  if (min === 1 && max === Number.POSITIVE_INFINITY) return `${subject.value}.some(${matches})`;
  const count = subject.scope.bind(`${subject.value}.filter(${matches}).length`, (value) =>
    and([
      min > 0 ? `${value}>=${min}` : 'true',
      max < Number.POSITIVE_INFINITY ? `${value}<=${max}` : 'true',
    ]),
  );
  return count;
}

/** Tests of the value itself, where each that holds tells the next ones what the value's types are. */
function testAll(shapes: readonly Shape[], subject: Subject, test: ShapeTest): Test {
  let known = subject;
  const tests = shapes.map((shape) => {
    const result = test(shape, known);
    known = { ...known, types: known.types ?? shape.types };
    return result;
  });
  return and(tests);
}

/** `true` counts as 1, so that alternatives that hold can be added up. */
function testOne(shapes: readonly Shape[], subject: Subject, test: ShapeTest): Test {
  const tests = shapes.map((shape) => test(shape, subject));
  if (tests.length < 2) return or(tests);
  return `${tests.map((alternative) => `(${alternative})`).join('+')}===1`;
}

function testBody(rule: RuleBody, subject: Subject, test: ShapeTest): Test {
  switch (rule.kind) {
    case 'assertion':
      return applied(assertionText(rule.assertion, subject.constants), VALUE, subject.value);
    case 'property':
      return testProperty(rule, subject, test);
    case 'entries':
      return testEntries(rule, subject, test);
    case 'names':
      return `namesOf(${subject.value}).every(${shapeCallback(rule.shape, subject, test, ['string'])})`;
    case 'items':
      return testItems(rule, subject, test);
    case 'item':
      return testItem(rule, subject, test);
    case 'contains':
      return testContains(rule, subject, test);
    case 'all':
      return testAll(rule.shapes, subject, test);
    case 'any':
      return or(rule.shapes.map((shape) => test(shape, subject)));
    case 'one':
      return testOne(rule.shapes, subject, test);
    case 'not':
      return not(test(rule.shape, subject));
    case 'if':
      return `(${test(rule.condition, subject)}?${test(rule.then, subject)}:${test(rule.else, subject)})`;
    case 'code':
      // A document has no code.
      return 'true';
    case 'when':
      return or([`${ownProperty(subject.value, rule.name)}===undefined`, test(rule.shape, subject)]);
  }
}

/** Text of the test that a value obeys a rule. Values of groups the rule is not about do. */
export function testRule(rule: Rule, subject: Subject, test: ShapeTest): Test {
  const isFor = applies(rule.on, subject.types);
  if (isFor === 'never') return 'true';
  if (isFor === 'always' || rule.on === undefined) return testBody(rule, subject, test);
  const isOther = not(applied(isOfGroup(rule.on), VALUE, subject.value));
  const body = testBody(rule, { ...subject, types: [rule.on] }, test);
  return or([isOther, body]);
}
