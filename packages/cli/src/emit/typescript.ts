import type { JsonSchemaObject } from '@wirepact/contract/tools';
import type { ContractDocument } from '../contract-document';
import { after } from './typescript/expression';
import { toJsDoc } from './typescript/jsdoc';
import { toSchemaDoc } from './typescript/schema-doc';
import { toExpression } from './typescript/schema-expression';

function toDeclaration(name: string, schema: JsonSchemaObject): string {
  const type = toExpression(schema, '');
  const documentation = toJsDoc(toSchemaDoc(schema));
  if (type.kind === 'object') return `${documentation}export interface ${name} ${type.text}\n`;
  return `${documentation}export ${after(`type ${name} =`, type)};\n`;
}

/**
 * The types of a contract as a TypeScript module of `interface`s and `type`s, one for every entry of `$defs`, in
 * their order. It depends on nothing, and compiles from TypeScript 5.9 on.
 */
export function emitTypes(document: ContractDocument): string {
  const declarations = Object.entries(document.$defs).map(([name, schema]) => toDeclaration(name, schema));
  return declarations.length > 0 ? declarations.join('\n') : 'export {};\n';
}
