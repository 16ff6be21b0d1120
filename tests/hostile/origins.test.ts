import { expect, test } from 'vitest';
import { request } from './raw-http';
import { RawSession } from './raw-session';
import { RawWebSocket } from './raw-websocket';
import { expectRefused, refusalOf } from './refusal';
import { describeAttack, useTarget } from './target-server';

const COOKIE = { Cookie: 'session=alice' };
const POLLING = '/socket.io/?EIO=4&transport=polling';
const WEBSOCKET = '/socket.io/?EIO=4&transport=websocket';

/** Origins of pages that have no business here, while their user is signed in. */
const FOREIGN = [
  'https://evil.example',
  'https://app.example.evil.example',
  'https://evilapp.example',
  'http://app.example',
  'https://app.example:8443',
  'https://app.example/',
  'https://app.example, https://evil.example',
  'null',
  'file://',
  'https://chat.test:9',
  'chat.test',
  '*',
];

/** The page that is named, the server's own, and whoever is no page. */
const FRIENDLY: readonly Readonly<Record<string, string>>[] = [
  { Origin: 'https://app.example' },
  { Origin: 'http://chat.test' },
  {},
];

describeAttack('a page of another origin, with the cookie of its user', () => {
  const target = useTarget('cookies', { headers: COOKIE });
  const visitors = async () => (await target.server.figures()).calls.authenticate ?? 0;

  test.each(FOREIGN)('[A4] is refused on every transport, before the host is asked: %s', async (Origin) => {
    const headers = { ...COOKIE, Origin };
    const newcomer = () => target.server.newcomer();
    expectRefused(await request(newcomer(), { path: POLLING, headers }));
    expectRefused(await refusalOf(RawWebSocket.open(newcomer(), WEBSOCKET, headers)));
  });

  test('[A4] two origins are no origin', async () => {
    const twice = { ...COOKIE, Origin: 'https://app.example', origin: 'https://evil.example' };
    expectRefused(await refusalOf(RawWebSocket.open(target.server.newcomer(), WEBSOCKET, twice)));
  });

  test.each(FRIENDLY)(
    '[A4] passes where it is named, is the own one, or there is none: %j',
    async (origin) => {
      const before = await visitors();
      const headers = { ...COOKIE, ...origin };
      const session = await RawSession.connect(target.server.newcomer(), { headers });
      session.vanish();
      expect(await visitors()).toBeGreaterThan(before);
      const polling = await request(target.server.newcomer(), { path: POLLING, headers });
      expect(polling?.status).toBe(200);
    },
  );

  test('[A5] a named one gets its answers by polling, with the cookie', async () => {
    const headers = { ...COOKIE, Origin: 'https://app.example' };
    const response = await request(target.server.newcomer(), { path: POLLING, headers });
    expect(response?.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-credentials': 'true',
    });
  });
});
