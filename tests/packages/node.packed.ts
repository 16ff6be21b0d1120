import { describe, expect, test } from 'vitest';
import { listEntries } from './installed-package';
import { runProgram } from './program';
import { insideFunction, README, replaceIn, serverOnFreePort } from './readme-blocks';
import { PACKAGES } from './tarballs';

/** What needs packages that this consumer has not: a driver, a client of Redis, Socket.IO's adapters, prom-client, OpenTelemetry, React. */
const ENTRIES = PACKAGES.flatMap((name) => listEntries(name).map(([specifier]) => specifier)).filter(
  (specifier) => !/\.(json|md)$|\/(cluster|metrics|postgres|react|redis|tracing)$/.test(specifier),
);
const FORMATS = [
  { format: 'esm', load: 'import' },
  { format: 'cjs', load: 'require' },
] as const;

describe.each(FORMATS)('in Node, by $load', ({ format, load }) => {
  test('every entry is loaded', async () => {
    const each = ENTRIES.map((entry) => `['${entry}', Object.keys(await ${load}('${entry}')).length]`);
    const program = await runProgram(
      insideFunction(`console.log('loaded', JSON.stringify([${each.join()}]));\n`),
      format,
    );
    const [, loaded = ''] = await program.find(/^loaded (.*)$/m);
    expect(JSON.parse(loaded)).toEqual(ENTRIES.map((entry) => [entry, expect.any(Number)]));
    expect(loaded).not.toContain(',0]');
    expect(program.output()).not.toMatch(/warning/i);
  });

  test('the README’s client says hello to its server, and is answered', async () => {
    const server = await runProgram(serverOnFreePort, format);
    const [, port] = await server.find(/^port (\d+)$/m);
    const code = replaceIn(README.client, { 'localhost:3000': `localhost:${port}` });
    const client = await runProgram(format === 'cjs' ? insideFunction(code) : code, format);
    await client.find(/^sent as [0-9a-f-]{36}$/m);
    await client.find(/^Echo: You said: Hello!$/m);
  });

  test('the README’s own contract is served, called and checked', async () => {
    const inFormat = (code: string) => (format === 'cjs' ? insideFunction(code) : code);
    const serving = replaceIn(README.boardServer, { 'listen(3001)': 'listen(0)' });
    const server = await runProgram(inFormat(serving), format);
    const [, url = ''] = await server.find(/^the board is served at (\S+)$/m);
    const calling = replaceIn(README.boardClient, { 'http://localhost:3001': url });
    const client = await runProgram(inFormat(calling), format);
    await client.find(/^123e4567-e89b-12d3-a456-426614174000 is in done$/m);
    await client.find(/^at position 0$/m);
    await client.find(/^INVALID_UUID \/cardId must be a valid uuid$/m);
  });
});
