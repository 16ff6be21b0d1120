import type { JsonSchemaObject } from '@wirepact/contract/tools';
import type { ContractDocument } from '../contract-document';
import type { ContractChange } from './contract-change';

const withoutTitle = ({ title: _, ...rest }: JsonSchemaObject) => JSON.stringify(rest);

/** Types that have another name and are otherwise the same. */
export function typeRenames(before: ContractDocument, after: ContractDocument): readonly ContractChange[] {
  const added = Object.entries(after.$defs).filter(([name]) => !Object.hasOwn(before.$defs, name));
  return Object.entries(before.$defs)
    .filter(([name]) => !Object.hasOwn(after.$defs, name))
    .flatMap(([name, schema]) => {
      const renamed = added.find(([, other]) => withoutTitle(other) === withoutTitle(schema))?.[0];
      if (renamed === undefined) return [];
      return {
        path: `$defs/${name}`,
        kind: 'type-renamed',
        level: 'feature',
        message: `type ${name} is now called ${renamed}`,
        reason:
          'The wire knows no names of types; code that imports the type has to be changed when it is upgraded.',
        before: name,
        after: renamed,
      };
    });
}
