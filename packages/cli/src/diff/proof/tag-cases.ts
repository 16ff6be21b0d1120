import { type Case, narrowCase } from './facts';
import { NEUTRAL_SCOPE } from './scope';

/** Values of one property that are told apart. */
const MAX_TAGS = 32;

/** The values that the schemas of one required property list, with its name. */
function findTag({ literals }: Case): readonly [string, readonly unknown[]] | undefined {
  const required = new Set(literals.flatMap(({ schema }) => schema.required ?? []));
  for (const { schema } of literals)
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const values = typeof property === 'object' && property.const === undefined ? property.enum : undefined;
      if (values && values.length <= MAX_TAGS && required.has(name)) return [name, values];
    }
  return undefined;
}

/** The case told apart by the values of a required property which has few: one case for each. */
export function tagCases(one: Case): readonly Case[] | undefined {
  const tag = findTag(one);
  if (!tag) return undefined;
  const [name, values] = tag;
  return values.flatMap((value) =>
    narrowCase(one, { schema: { properties: { [name]: { const: value } } }, scope: NEUTRAL_SCOPE }),
  );
}
