import { type ShapeTest, type Subject, testRule } from './check-rules';
import { FunctionScope } from './function-scope';
import { type Shape, type Test, VALUE } from './shape';
import { countUses } from './shape-graph';
import { and, applied } from './source-text';
import { isOfTypes } from './type-tests';

/** Test that a value is of a shape's types, where it is not known already. */
function testTypes(shape: Shape, { value, types }: Subject): Test {
  if (shape.types === undefined || types?.every((type) => shape.types?.includes(type))) return 'true';
  return applied(isOfTypes(shape.types), VALUE, value);
}

/** Types that a value has which obeys the rules before the one at `index`. */
function typesBefore({ types, rules }: Shape, index: number, known: Subject['types']): Subject['types'] {
  const before = rules.slice(0, index).flatMap((rule) => (rule.kind === 'all' ? rule.shapes : []));
  return types ?? known ?? before.find((shape) => shape.types)?.types;
}

const testShape = (shape: Shape, subject: Subject, test: ShapeTest): Test =>
  and([
    testTypes(shape, subject),
    ...shape.rules.map((rule, index) =>
      testRule(rule, { ...subject, types: typesBefore(shape, index, subject.types) }, test),
    ),
  ]);

/**
 * Declarations of the functions that answer whether a value matches, by shape: one for every type, and one for
 * every shape with rules that is used more than once.
 */
export function emitChecks(types: ReadonlyMap<string, Shape>): { body: string; names: Map<string, string> } {
  const uses = countUses(types.values());
  const roots = new Set(types.values());
  const isShared = (shape: Shape) =>
    roots.has(shape) || ((uses.get(shape) ?? 0) > 1 && shape.rules.length > 0);
  const shared = [...uses.keys()].filter((shape) => shape.refersTo === undefined && isShared(shape));
  const functions = new Map(shared.map((shape, index) => [shape, `check${index}`]));
  const targetOf = (shape: Shape) => types.get(shape.refersTo ?? '') ?? shape;

  const test: ShapeTest = (shape, subject) => {
    const name = functions.get(targetOf(shape));
    if (name === undefined) return testShape(shape, subject, test);
    return `${name}(${subject.value})`;
  };
  const declarations = shared.map((shape) => {
    const body = FunctionScope.arrow((value, scope) =>
      testShape(shape, { value, types: undefined, scope }, test),
    );
    return `const ${functions.get(shape)}=${body};`;
  });
  const names = new Map([...types].map(([name, shape]) => [name, functions.get(targetOf(shape)) ?? '']));
  return { body: declarations.join('\n'), names };
}
