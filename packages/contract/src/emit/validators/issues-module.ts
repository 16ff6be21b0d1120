import { toPointerToken } from '../../issues';
import { MESSAGES } from './messages';
import { type Rule, type RuleBody, type Shape, VALUE } from './shape';
import { countUses } from './shape-graph';
import { applied, literal, not, ownProperty } from './source-text';
import { applies, isOfGroup, isOfTypes } from './type-tests';

/** Name of the function of a shape, which adds what a value has against it to a list. */
type FunctionOf = (shape: Shape) => string;

const report = (path: string, message: string, keyword: string) =>
  `report(issues,${path},${literal(message)},${literal(keyword)})`;

const pathTo = (token: string) => `path+${literal(`/${toPointerToken(token)}`)}`;

/** Text of the list of functions of shapes. */
const listOf = (shapes: readonly Shape[], functionOf: FunctionOf) => `[${shapes.map(functionOf).join()}]`;

function stateProperty(rule: Extract<RuleBody, { kind: 'property' }>, functionOf: FunctionOf): string {
  const helper = rule.required ? 'required' : 'optional';
  const token = literal(`/${toPointerToken(rule.name)}`);
  return `${helper}(${ownProperty('value', rule.name)},${token},${functionOf(rule.shape)},path,issues);`;
}

function stateEntries(rule: Extract<RuleBody, { kind: 'entries' }>, functionOf: FunctionOf): string {
  const isMeant = rule.where ?? (rule.unless === undefined ? 'true' : not(rule.unless));
  const condition = applied(isMeant, VALUE, 'name');
  const guard = condition === 'true' ? '' : `if(${condition})`;
  const each = rule.shape.isNothing
    ? report('path+toToken(name)', MESSAGES.additionalProperties(), rule.keyword)
    : `${functionOf(rule.shape)}(value[name],path+toToken(name),issues)`;
  return `for(const name of Object.keys(value))${guard}${each};`;
}

function stateContains(rule: Extract<RuleBody, { kind: 'contains' }>, functionOf: FunctionOf): string {
  const { min, max, shape } = rule;
  const count = `value.filter((item)=>matches(${functionOf(shape)},item)).length`;
  const bounds = [];
  if (min > 0) bounds.push(`if(${count}<${min})${report('path', MESSAGES.minContains(min), 'contains')};`);
  if (max < Number.POSITIVE_INFINITY) {
    bounds.push(`if(${count}>${max})${report('path', MESSAGES.maxContains(max), 'maxContains')};`);
  }
  return bounds.join('');
}

function stateBody(rule: RuleBody, functionOf: FunctionOf): string {
  switch (rule.kind) {
    case 'assertion': {
      const test = applied(rule.test, VALUE, 'value');
      return `${test}||${report(rule.at ? `path+${literal(rule.at)}` : 'path', rule.message, rule.keyword)};`;
    }
    case 'property':
      return stateProperty(rule, functionOf);
    case 'entries':
      return stateEntries(rule, functionOf);
    case 'names': {
      const fault = report('path+toToken(name)', MESSAGES.propertyNames(), 'propertyNames');
      return `for(const name of Object.keys(value))matches(${functionOf(rule.shape)},name)||${fault};`;
    }
    case 'items':
      return `items(value,${rule.from},${functionOf(rule.shape)},path,issues);`;
    case 'item':
      return `if(value.length>${rule.index})${functionOf(rule.shape)}(value[${rule.index}],${pathTo(String(rule.index))},issues);`;
    case 'contains':
      return stateContains(rule, functionOf);
    case 'all':
      return rule.shapes.map((shape) => `${functionOf(shape)}(value,path,issues);`).join('');
    case 'any':
      return `branches(${listOf(rule.shapes, functionOf)},value,path,issues);`;
    case 'one': {
      const count = `branches(${listOf(rule.shapes, functionOf)},value,path,issues)`;
      return `if(${count}>1)${report('path', MESSAGES.oneOf(), 'oneOf')};`;
    }
    case 'not':
      return `if(matches(${functionOf(rule.shape)},value))${report('path', MESSAGES.not(), 'not')};`;
    case 'if':
      return `(matches(${functionOf(rule.condition)},value)?${functionOf(rule.then)}:${functionOf(rule.else)})(value,path,issues);`;
    case 'when':
      return `if(${ownProperty('value', rule.name)}!==undefined)${functionOf(rule.shape)}(value,path,issues);`;
  }
}

/** The rules of one group together, behind the test that they are about the value at all. */
function stateRules(shape: Shape, functionOf: FunctionOf): string {
  const groups = new Map<Rule['on'], string[]>();
  for (const rule of shape.rules) {
    const isSure = applies(rule.on, shape.types) === 'always';
    const group = isSure ? undefined : rule.on;
    groups.set(group, [...(groups.get(group) ?? []), stateBody(rule, functionOf)]);
  }
  return [...groups]
    .map(([group, statements]) => {
      const body = statements.join('');
      return group === undefined ? body : `if(${applied(isOfGroup(group), VALUE, 'value')}){${body}}`;
    })
    .join('');
}

function stateShape(shape: Shape, functionOf: FunctionOf): string {
  if (shape.isNothing) return `${report('path', MESSAGES.never(), 'not')};`;
  const rules = stateRules(shape, functionOf);
  if (shape.types === undefined) return rules;
  const isOther = not(applied(isOfTypes(shape.types), VALUE, 'value'));
  const wrong = `wrongType(issues,path,${literal(shape.types.join(' or '))})`;
  return rules === '' ? `if(${isOther})${wrong};` : `if(${isOther})${wrong};else{${rules}}`;
}

/** Declarations of the functions that list what a value has against each shape. */
export function emitIssues(types: ReadonlyMap<string, Shape>): { body: string; names: Map<string, string> } {
  const shapes = [...countUses(types.values()).keys()].filter(({ refersTo }) => refersTo === undefined);
  const names = new Map(shapes.map((shape, index) => [shape, `list${index}`]));
  const functionOf: FunctionOf = (shape) => names.get(types.get(shape.refersTo ?? '') ?? shape) ?? '';
  const declarations = shapes.map(
    (shape) => `const ${functionOf(shape)}=(value,path,issues)=>{${stateShape(shape, functionOf)}};`,
  );
  const listed = new Set([...types.values()].map(functionOf));
  const entries = [...listed].map((name) => `const ${name}Of=/* @__PURE__ */ listing(${name});`);
  const exported = new Map([...types].map(([name, shape]) => [name, `${functionOf(shape)}Of`]));
  return { body: [...declarations, ...entries].join('\n'), names: exported };
}
