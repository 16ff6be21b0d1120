import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { ContractDocument } from '../contract-document';
import { board } from '../test-contract';
import { toContractDocument } from './contract-document';
import { awkwardDocument, boardDocument } from './test-documents';

const bundle = (document: ContractDocument) => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document);
  return (reference: string) => ajv.compile({ $ref: `${document.$id}${reference}` });
};

describe('a contract’s document is a JSON Schema 2020-12 bundle', () => {
  test.each([
    ['a small one', boardDocument],
    ['an awkward one', awkwardDocument],
    ['one of a contract that was defined', toContractDocument(board)],
  ])('%s', (_, document) => {
    expect(() => new Ajv2020({ strict: false, validateFormats: false }).compile(document)).not.toThrow();
    const checkOf = bundle(document);
    for (const { payload, examples } of Object.values(document.clientToServer)) {
      for (const example of payload ? examples : []) expect(checkOf(payload?.$ref ?? '')(example)).toBe(true);
    }
  });

  test('whose types refuse what is not theirs', () => {
    const check = bundle(boardDocument)('#/$defs/MoveCard');
    const [example] = boardDocument.clientToServer.move_card?.examples ?? [];
    expect(check(example)).toBe(true);
    expect(check({ ...Object(example), column: 'doing' })).toBe(false);
  });
});
