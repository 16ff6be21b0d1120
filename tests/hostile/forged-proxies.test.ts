import { expect, test } from 'vitest';
import { RawSession } from './raw-session';
import type { Target } from './raw-tcp';
import { describeAttack, useTarget } from './target-server';

/** Requests of one address in a minute, by default. */
const LIMIT = 60;

/** One address, written in every way there is. */
const ONE_IPV4 = [
  '203.0.113.7',
  '203.0.113.7:5678',
  '203.0.113.7:1',
  '::ffff:203.0.113.7',
  '::FFFF:203.0.113.7',
  '::ffff:cb00:7107',
  '0:0:0:0:0:ffff:203.0.113.7',
  '0000:0000:0000:0000:0000:ffff:cb00:7107',
  '[::ffff:203.0.113.7]:443',
  '[::ffff:cb00:7107]',
  ' 203.0.113.7 ',
];

/** One network of a subscriber. */
const ONE_IPV6 = [
  '2001:db8::1',
  '2001:DB8:0:0:1:2:3:4',
  '2001:0db8:0000:0000:ffff:ffff:ffff:ffff',
  '[2001:db8::2]:443',
  '[2001:db8::3]',
  '2001:db8::203.0.113.9',
];

/** What is no address at all, and may not stand for one. */
const GARBAGE = [
  'unknown',
  '',
  ',',
  '999.1.1.1',
  '1.2.3',
  '0x7f.1',
  '203.0.113.7:port',
  '_hidden',
  '"203.0.113.7:99"',
  '2001:db8::zz',
  '__proto__',
  'x'.repeat(4_000),
  ...Array.from({ length: 10 }, (_, index) => `guess-${index}`),
];

/** Sends events with each of these headers in turn; resolves with how many of them were let through. */
async function countAdmitted(target: Target, forwarded: readonly string[]): Promise<number> {
  const each = Math.ceil((LIMIT + 30) / forwarded.length);
  let admitted = 0;
  for (const header of forwarded) {
    const session = await RawSession.connect(target, { headers: { 'X-Forwarded-For': header } }).catch(
      () => undefined,
    );
    for (let time = 0; session && time < each; time += 1) {
      const { ok } = await session.ask('set_log_filter', {}).catch(() => ({ ok: false }));
      if (ok) admitted += 1;
    }
    session?.vanish();
  }
  return admitted;
}

describeAttack('addresses that a client makes up', () => {
  const open = useTarget('open');
  const oneProxy = useTarget('oneProxy');
  const anyProxy = useTarget('anyProxy');

  test.each([
    ['many addresses', Array.from({ length: 10 }, (_, index) => `203.0.113.${index}`)],
    ['no addresses', GARBAGE],
  ])('[D4] do not count where no proxy is trusted: %s', async (_name, forwarded) => {
    expect(await countAdmitted(open.server.newcomer(), forwarded)).toBeLessThanOrEqual(LIMIT);
  });

  test.each([
    ['one of IPv4', ONE_IPV4],
    ['one network of IPv6', ONE_IPV6],
  ])('[D4] are one, however they are written: %s', async (_name, forwarded) => {
    const admitted = await countAdmitted(oneProxy.server.newcomer(), forwarded);
    expect(admitted).toBeGreaterThan(0);
    expect(admitted).toBeLessThanOrEqual(LIMIT);
  });

  test('[D4] count as that of the connection where they are none', async () => {
    expect(await countAdmitted(oneProxy.server.newcomer(), GARBAGE)).toBeLessThanOrEqual(LIMIT);
    expect(await countAdmitted(anyProxy.server.newcomer(), GARBAGE)).toBeLessThanOrEqual(LIMIT);
  });

  test('[D4] do not count in front of the one that a trusted proxy has added', async () => {
    const forwarded = Array.from({ length: 10 }, (_, index) => `198.51.100.${index}, 203.0.113.77`);
    expect(await countAdmitted(oneProxy.server.newcomer(), forwarded)).toBeLessThanOrEqual(LIMIT);
  });
});
