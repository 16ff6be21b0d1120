import { holdsOf } from '@wirepact/contract/tools';

/** What stands where schemas should, directly inside a schema, each with its place: `properties/text`. */
export function innerSchemas(schema: object): readonly (readonly [string, unknown])[] {
  return Object.entries(schema).flatMap(([keyword, value]: [string, unknown]) => {
    const holds = holdsOf(keyword);
    if (holds === 'nothing') return [];
    if (holds === 'schema' || typeof value !== 'object' || value === null) return [[keyword, value] as const];
    return Object.entries(value).map(([name, inner]): readonly [string, unknown] => [
      `${keyword}/${name}`,
      inner,
    ]);
  });
}
