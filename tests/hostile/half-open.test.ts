import { expect, test } from 'vitest';
import { headOf, parseResponse, readToEnd, request } from './raw-http';
import { RawSession } from './raw-session';
import { openTcp, within, written } from './raw-tcp';
import { RawWebSocket, upgradeHead } from './raw-websocket';
import { expectRefused, refusalOf } from './refusal';
import { describeAttack, expectBearable, useTarget } from './target-server';

const POLLING = '/socket.io/?EIO=4&transport=polling';
const WEBSOCKET = '/socket.io/?EIO=4&transport=websocket';

describeAttack('connections that are never served', () => {
  const target = useTarget('open');

  test.each([
    ['an upgrade to a websocket on another path', '/wrong', {}],
    ['one on a path that begins alike', '/socket.iox/?EIO=4&transport=websocket', {}],
    ['one without a transport', '/socket.io/', {}],
    ['one of a transport that there is not', '/socket.io/?EIO=4&transport=__proto__', {}],
    ['one of WebTransport', '/socket.io/?EIO=4&transport=webtransport', {}],
    ['one of a session that there is not', `${WEBSOCKET}&sid=nobody`, {}],
    ['one of a session __proto__', `${WEBSOCKET}&sid=__proto__`, {}],
    ['one of a version before', '/socket.io/?EIO=3&transport=websocket', {}],
    ['one to something else', '/socket.io/?EIO=4&transport=websocket', { Upgrade: 'h2c' }],
    ['one to something else, elsewhere', '/wrong', { Upgrade: 'h2c' }],
    ['one without a key', WEBSOCKET, { 'Sec-WebSocket-Key': 'short' }],
    ['one of an old websocket', WEBSOCKET, { 'Sec-WebSocket-Version': '7' }],
    ['one of two sessions', `${WEBSOCKET}&sid=a&sid=b`, {}],
    ['one with a path that is no URL', '//', {}],
  ])('[B1] are refused with a status: %s', async (_name, path, headers) => {
    expectRefused(await refusalOf(RawWebSocket.open(target.server.newcomer(), path, headers)));
  });

  test.each([
    ['POST without a session', { method: 'POST', path: POLLING, body: '40' }],
    ['PUT', { method: 'PUT', path: POLLING }],
    ['a session that there is not', { path: `${POLLING}&sid=nobody` }],
    ['a session __proto__', { path: `${POLLING}&sid=__proto__` }],
    ['no version', { path: '/socket.io/?transport=polling' }],
    ['no transport', { path: '/socket.io/?EIO=4' }],
    ['a websocket that is none', { path: WEBSOCKET }],
    ['another path', { path: '/wrong' }],
    ['an origin that is no header', { path: POLLING, headers: { Origin: 'a\u0001b' } }],
    ['a path that is no URL', { path: '//' }],
  ])('[B1] are refused with a status: a request with %s', async (_name, asked) => {
    expectRefused(await request(target.server.newcomer(), asked));
  });

  test.each([
    ['what is no HTTP', '\u0016\u0003\u0001\u0002\r\n\r\n'],
    ['a head that is too long', `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ['chunks of no size', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ])('[B1] are refused with a status: %s', async (_name, text) => {
    const socket = await openTcp(target.server.newcomer());
    const answer = readToEnd(socket);
    socket.write(text);
    expect(parseResponse(await answer)?.status).toBeGreaterThanOrEqual(400);
  });

  test('[B1] 500 on a wrong path leave nothing behind', async () => {
    const toll = await target.server.toll(async () => {
      for (let round = 0; round < 10; round += 1) {
        const openings = Array.from({ length: 50 }, () =>
          refusalOf(RawWebSocket.open(target.server.newcomer(), '/wrong')),
        );
        await Promise.all(openings);
      }
    });
    expectBearable(toll);
    // The bystander's are the others.
    expect(await target.server.connections(), 'TCP connections').toBeLessThan(5);
  });

  test('[B1] 1,000 polling sessions that are opened and left cost the others nothing', async () => {
    const toll = await target.server.toll(async () => {
      for (let round = 0; round < 20; round += 1) {
        const from = target.server.newcomer();
        await Promise.all(Array.from({ length: 50 }, () => request(from, { path: POLLING })));
      }
    });
    expectBearable(toll);
  });

  test('[B1] 300 websockets that never ask for a namespace cost the others nothing', async () => {
    const toll = await target.server.toll(async () => {
      const sessions = await Promise.all(
        Array.from({ length: 300 }, () => RawSession.open(target.server.newcomer())),
      );
      for (const session of sessions) session.vanish();
    });
    expectBearable(toll);
  });

  test('[B1] upgrades of a session that are begun and not completed end with it', async () => {
    const from = target.server.newcomer();
    const opened = await request(from, { path: POLLING });
    const { sid } = JSON.parse(opened?.body.slice(1) ?? '{}');
    const first = await RawWebSocket.open(from, `${WEBSOCKET}&sid=${sid}`);
    await first.sendText('2probe');
    const others = await Promise.all(
      Array.from({ length: 5 }, () => RawWebSocket.open(from, `${WEBSOCKET}&sid=${sid}`)),
    );
    await within(Promise.all(others.map(({ ended }) => ended)), 'the end of the others');
    await first.sendText('4');
    await within(first.ended, 'the end of the first');
  });

  test('[B1] do not keep the server from closing', async () => {
    const upgrades = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = await openTcp(target.server.newcomer());
        await written(socket, upgradeHead('/wrong'));
        return socket;
      }),
    );
    const sessions = await Promise.all([
      RawSession.open(target.server.newcomer()),
      RawSession.connect(target.server.newcomer()),
    ]);
    const polling = await openTcp(target.server.newcomer());
    await written(polling, headOf({ path: POLLING }));
    const ended = [...upgrades, polling, ...sessions.map(({ websocket }) => websocket.tcp)].map(
      (socket) => new Promise((resolve) => socket.once('close', resolve).resume()),
    );
    await within(target.server.close(), 'the end of close()');
    await within(Promise.all(ended), 'the end of connections');
  });
});
