import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import type { ContractDocument } from '@wirepact/cli';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';

/** What is published for people and tools, as it stands; `generated.test.ts` holds it to the contract. */
const readGenerated = (name: string) => readFileSync(new URL(`./generated/${name}`, import.meta.url), 'utf8');

const document: ContractDocument = JSON.parse(readGenerated('schema.json'));
const events = [...Object.entries(document.clientToServer), ...Object.entries(document.serverToClient)];

test('AsyncAPI’s own parser finds no fault with asyncapi.json', async () => {
  const diagnostics = await new Parser().validate(readGenerated('asyncapi.json'));
  // It tells that there is an AsyncAPI 3.1, which is no fault.
  expect(diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version')).toEqual([]);
});

test('schema.json is a JSON Schema bundle, whose types match the examples', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  expect(() => ajv.compile(document)).not.toThrow();
  const examples = events.flatMap(([, { payload, examples }]) =>
    payload ? examples.map((example) => [`${document.$id}${payload.$ref}`, example] as const) : [],
  );
  expect(examples.length).toBeGreaterThan(10);
  expect(examples.filter(([$ref, example]) => !ajv.validate({ $ref }, example))).toEqual([]);
});

test('reference.md has every event and every error', () => {
  const page = readGenerated('reference.md');
  for (const [name] of events) expect(page).toContain(`</a>\`${name}\``);
  for (const code of Object.keys(document.errors)) expect(page).toContain(`<a id="error-${code}"></a>`);
});
