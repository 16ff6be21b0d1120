import { Parser } from '@asyncapi/parser';
import { protocol } from '@wirepact/protocol/definition';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { emitAsyncApi } from '../../packages/contract/src/emit/async-api';
import { toContractDocument } from '../../packages/contract/src/emit/contract-document';
import { emitMarkdown } from '../../packages/contract/src/emit/markdown';

const document = toContractDocument(protocol);
const events = [...Object.entries(document.clientToServer), ...Object.entries(document.serverToClient)];

test('AsyncAPI’s parser finds no fault with the protocol', async () => {
  const diagnostics = await new Parser().validate(JSON.stringify(emitAsyncApi(document)));
  // It tells that there is an AsyncAPI 3.1, which is no fault.
  expect(diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version')).toEqual([]);
});

test('the protocol’s document is a JSON Schema bundle, whose types match the examples', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  expect(() => ajv.compile(document)).not.toThrow();
  const examples = events.flatMap(([, { payload, examples }]) =>
    payload ? examples.map((example) => [`${document.$id}${payload.$ref}`, example] as const) : [],
  );
  expect(examples.length).toBeGreaterThan(10);
  expect(examples.filter(([$ref, example]) => !ajv.validate({ $ref }, example))).toEqual([]);
});

test('the reference has every event and every error', () => {
  const page = emitMarkdown(document);
  for (const [name] of events) expect(page).toContain(`</a>\`${name}\``);
  for (const code of Object.keys(document.errors)) expect(page).toContain(`<a id="error-${code}"></a>`);
});
