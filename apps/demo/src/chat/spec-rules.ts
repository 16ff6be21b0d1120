/** One rule of the specification. */
export interface SpecRule {
  /** Such as `SEND-4`. */
  readonly id: string;
  /** What it says, as Markdown. */
  readonly text: string;
}

const RULE = /^- \*\*\[(\w+-\d+)\]\*\* (.*)$/s;

/** The rules of a section, a paragraph each. */
const rulesIn = (section: string): SpecRule[] =>
  section.split(/^(?=- \*\*\[)|\n\n/m).flatMap((paragraph) => {
    const [, id, text] = RULE.exec(paragraph.trim()) ?? [];
    return id && text ? { id, text: text.replaceAll(/\s+/g, ' ') } : [];
  });

const namesIn = (text: string) => [...text.matchAll(/`(\w+)/g)].map(([, name]) => String(name));
/** What a rule of a field begins with. */
export const firstWordOf = (text: string) => /^`(\w+)/.exec(text)?.[1];

const add = (rules: Map<string, SpecRule[]>, event: string, rule: SpecRule) =>
  rules.set(event, [...(rules.get(event) ?? []), rule]);

/**
 * The rules that each of `events` follows, in their order: those that name it, and in a section that begins with it those
 * on its fields.
 */
export function readSpecRules(
  spec: string,
  events: readonly string[],
): ReadonlyMap<string, readonly SpecRule[]> {
  const known = new Set(events);
  const rules = new Map<string, SpecRule[]>();
  for (const section of spec.split(/^## /m).slice(1)) {
    let subject: string | undefined;
    for (const [index, rule] of rulesIn(section).entries()) {
      const first = firstWordOf(rule.text);
      const named = new Set(namesIn(rule.text).filter((name) => known.has(name)));
      if (index === 0 && first && known.has(first)) subject = first;
      if (subject && first && named.size === 0) named.add(subject);
      for (const event of named) add(rules, event, rule);
    }
  }
  return rules;
}
