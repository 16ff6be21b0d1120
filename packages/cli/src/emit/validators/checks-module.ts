import type { Shape } from '@wirepact/contract/tools';
import type { CheckNames } from './check-names';
import { type ShapeTest, type Subject, testRule } from './check-rules';
import type { Constants } from './constants';
import { FunctionScope } from './function-scope';
import { and, applied, type Test, VALUE } from './source-text';
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

/** Declarations of the functions that answer whether a value matches. */
export function emitChecks(checks: CheckNames, constants: Constants): string {
  const test: ShapeTest = (shape, subject) => {
    const name = checks.nameOf(shape);
    return name === undefined ? testShape(shape, subject, test) : `${name}(${subject.value})`;
  };
  const declarations = [...checks.functions].map(([shape, name]) => {
    const body = FunctionScope.arrow((value, scope) =>
      testShape(shape, { value, types: undefined, scope, constants }, test),
    );
    return `const ${name}=${body};`;
  });
  return declarations.join('\n');
}
