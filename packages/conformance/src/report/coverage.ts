import type { ConformanceCheck } from '../conformance';
import { NOT_CHECKED } from './not-checked';
import { listRules } from './rules';

const reasons = new Map(
  NOT_CHECKED.flatMap(({ rules, reason }) => rules.map((rule) => [rule, reason] as const)),
);

/** Every rule of SPEC, with how many checks each profile makes of it; of those without one, why. */
export function formatRules(checks: readonly Pick<ConformanceCheck, 'profile' | 'rule'>[]): string {
  const lines = listRules().map(({ id, text }) => {
    const counts = new Map<string, number>();
    for (const { profile } of checks.filter(({ rule }) => rule === id))
      counts.set(profile, (counts.get(profile) ?? 0) + 1);
    const named = [...counts].map(([profile, number]) => `${profile} ${number}`).join(', ');
    const reason = reasons.get(id);
    const line = `${counts.size > 0 ? '✓' : ' '} ${id.padEnd(12)} ${(named || 'not checked').padEnd(26)} ${text}`;
    return reason === undefined ? line : `${line} (Not checked, as ${reason}.)`;
  });
  const checked = lines.filter((line) => line.startsWith('✓')).length;
  return [...lines, '', `${checked} of ${lines.length} rules are checked from outside.`].join('\n');
}
