import type { JsonSchemaObject } from '@wirepact/contract/tools';
import type { ContractDocument } from '../contract-document';
import { after } from './typescript/expression';
import { toJsDoc } from './typescript/jsdoc';
import { toSchemaDoc } from './typescript/schema-doc';
import { toExpression } from './typescript/schema-expression';
import { listTypeUses } from './typescript/type-uses';

/** The declaration of a type; what it is used for is said of one that does not say what it is. */
function toDeclaration(name: string, schema: JsonSchemaObject, use: readonly string[] = []): string {
  const type = toExpression(schema, '');
  const { texts, tags } = toSchemaDoc(schema);
  const documentation = toJsDoc({ texts: schema.description ? texts : [...use, ...texts], tags });
  if (type.kind === 'object') return `${documentation}export interface ${name} ${type.text}\n`;
  return `${documentation}export ${after(`type ${name} =`, type)};\n`;
}

/**
 * The types of a contract as a TypeScript module of `interface`s and `type`s, one for every entry of `$defs`, in
 * their order. It depends on nothing, and compiles from TypeScript 5.9 on.
 */
export function emitTypes(document: ContractDocument): string {
  const uses = listTypeUses(document);
  const declarations = Object.entries(document.$defs).map(([name, schema]) =>
    toDeclaration(name, schema, uses.get(name)),
  );
  return declarations.length > 0 ? declarations.join('\n') : 'export {};\n';
}
