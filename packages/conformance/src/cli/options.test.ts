import { describe, expect, test } from 'vitest';
import { readOptions } from './options';

const URL = 'http://localhost:3000';

test('the address is enough', () => {
  expect(readOptions([URL])).toMatchObject({
    url: URL,
    conformance: { transports: ['websocket', 'polling'], floods: false },
    files: {},
    verbose: false,
  });
});

test('every option is read', () => {
  const args = [
    ...['--profile', 'document', '--profile', 'contract', '--contract', 'schema.json'],
    ...['--transport', 'polling', '--rule', 'JOIN-8', '--floods', '--auth', '{"token":"t"}'],
    ...['--other-auth', '{"token":"o"}', '--other-header', 'X-API-Key: o', '--private-room', 'p'],
    ...['--header', 'X-API-Key: a:b', '--path', '/chat/', '--seed', '7', '--patience', '100'],
    ...[
      '--max-events',
      '9',
      '--max-seconds',
      '8',
      '--json',
      'a.json',
      '--junit',
      'a.xml',
      '--markdown',
      'a.md',
    ],
  ];
  expect(readOptions([URL, ...args, '--verbose'])).toEqual({
    url: URL,
    conformance: {
      profiles: ['document', 'contract'],
      ...{ transports: ['polling'], rules: ['JOIN-8'], floods: true, auth: { token: 't' }, seed: 7 },
      ...{ otherAuth: { token: 'o' }, otherHeaders: { 'X-API-Key': 'o' }, privateRoom: 'p' },
      ...{ headers: { 'X-API-Key': 'a:b' }, path: '/chat/', patienceMs: 100, maxEvents: 9, maxSeconds: 8 },
    },
    ...{ contract: 'schema.json', rules: false, verbose: true, help: false },
    files: { json: 'a.json', junit: 'a.xml', markdown: 'a.md' },
  });
});

describe('what is wrong is named', () => {
  test.each([
    [[], 'The address of the server is missing.'],
    [['localhost:3000'], 'is no address'],
    [[URL, 'http://other'], 'One server is checked at a time'],
    [[URL, '--profile', 'socket'], 'There is no profile "socket", but document'],
    [[URL, '--transport', 'udp'], 'There is no transport "udp"'],
    [[URL, '--auth', 'token'], '--auth takes an object as JSON'],
    [[URL, '--auth', '[1]'], '--auth takes an object as JSON'],
    [[URL, '--other-auth', 'token'], '--other-auth takes an object as JSON'],
    [[URL, '--other-header', 'none'], '--other-header takes a name and a value'],
    [[URL, '--header', 'no header'], '--header takes a name and a value'],
    [[URL, '--seed', '1.5'], '--seed takes a whole number, not "1.5"'],
    [[URL, '--max-events', ''], '--max-events takes a whole number, not ""'],
  ])('%j', (args, problem) => {
    expect(() => readOptions(args)).toThrow(problem);
  });
});
