import type { ConformanceCheck } from '../conformance';
import { listRules } from './rules';

/** Every rule of SPEC, with how many checks each profile makes of it; those without one are named as such. */
export function formatRules(checks: readonly Pick<ConformanceCheck, 'profile' | 'rule'>[]): string {
  const lines = listRules().map(({ id, text }) => {
    const counts = new Map<string, number>();
    for (const { profile } of checks.filter(({ rule }) => rule === id))
      counts.set(profile, (counts.get(profile) ?? 0) + 1);
    const named = [...counts].map(([profile, number]) => `${profile} ${number}`).join(', ');
    return `${counts.size > 0 ? '✓' : ' '} ${id.padEnd(12)} ${(named || 'not checked').padEnd(26)} ${text}`;
  });
  const checked = lines.filter((line) => line.startsWith('✓')).length;
  return [...lines, '', `${checked} of ${lines.length} rules are checked from outside.`].join('\n');
}
