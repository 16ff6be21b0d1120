import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createAddressOf, createProxyTrust, type TrustProxy } from './client-address';
import { parseIpAddress } from './ip-address';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  [' 203.0.113.7 ', '203.0.113.7'],
  ['203.0.113.7:5678', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:cb00:7107', '203.0.113.7'],
  ['[::ffff:cb00:7107]:443', '203.0.113.7'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['[2001:0db8::1]:443', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['unknown', undefined],
  ['_hidden', undefined],
  ['203.0.113.7:', undefined],
  ['203.0.113.700', undefined],
  ['', undefined],
])('[D4] %s is the address %s', (text, address) => {
  expect(parseIpAddress(text)).toBe(address);
});

/** The address found for a request that came from `remote` with this header. */
function addressOf(remote: string, forwardedFor: string, trustProxy: TrustProxy): string {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remote });
  const request = new IncomingMessage(socket);
  request.headers['x-forwarded-for'] = forwardedFor;
  return createAddressOf(createProxyTrust(trustProxy))(request);
}

test.each<[string, string, string, TrustProxy, string]>([
  ['a port changes nothing', '10.0.0.1', '203.0.113.7:5678', 1, '203.0.113.7'],
  ['one that does not parse is not believed', '10.0.0.1', 'made up', true, '10.0.0.1'],
  ['nor is what stands before it', '10.0.0.1', '203.0.113.7, made up', true, '10.0.0.1'],
  [
    'a trusted proxy may be reported with a port',
    '10.0.0.1',
    '203.0.113.7, 10.0.0.2:80',
    '10.0.0.0/8',
    '203.0.113.7',
  ],
  ['a mapped address is a trusted proxy too', '::ffff:10.0.0.1', '203.0.113.7', '10.0.0.0/8', '203.0.113.7'],
  [
    'who is not trusted ends the chain',
    '10.0.0.1',
    '203.0.113.7, 198.51.100.1',
    '10.0.0.0/8',
    '198.51.100.1',
  ],
  ['nobody is trusted', '10.0.0.1', '203.0.113.7', false, '10.0.0.1'],
])('[RATE-7] [D4] %s', (_what, remote, forwardedFor, trustProxy, address) => {
  expect(addressOf(remote, forwardedFor, trustProxy)).toBe(address);
});
