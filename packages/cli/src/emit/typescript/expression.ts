/** A type as TypeScript writes it. */
export interface Expression {
  /** What its parts are joined by, which says where it needs brackets. An `object` is one in braces. */
  readonly kind: 'intersection' | 'object' | 'simple' | 'union';
  readonly text: string;
  /** The same on one line, for a small object inside something else. */
  readonly inline?: string;
}

const textOf = ({ text, inline }: Expression): string => inline ?? text;

/** Longest union that stands on one line. */
const UNION_WIDTH = 90;

/** An expression that never needs brackets. */
export const simple = (text: string): Expression => ({ kind: 'simple', text });

/** What may be anything. */
export const UNKNOWN = simple('unknown');
/** What nothing is. */
export const NEVER = simple('never');

const isUnknown = ({ text }: Expression) => text === UNKNOWN.text;
const isNever = ({ text }: Expression) => text === NEVER.text;

const unique = (parts: readonly Expression[]) => [
  ...new Map(parts.map((part) => [part.text, part])).values(),
];

/** `text` after what introduces it: a union on lines of its own brings its line break along. */
export function after(introduction: string, expression: Expression): string {
  const text = textOf(expression);
  return `${introduction}${text.startsWith('\n') ? '' : ' '}${text}`;
}

/** The expression as a part of a larger one that binds more tightly; `indent` is its line's. */
export const bracketed = (expression: Expression, indent: string): string => {
  const { kind, text } = expression;
  if (kind !== 'intersection' && kind !== 'union') return textOf(expression);
  return text.startsWith('\n') ? `(${text}\n${indent})` : `(${text})`;
};

/** Any of `parts`. */
export function union(parts: readonly Expression[], indent: string): Expression {
  const open = unique(parts).filter((part) => !isNever(part));
  const [first = NEVER, second] = open;
  if (open.some(isUnknown)) return UNKNOWN;
  if (second === undefined) return first;
  const texts = open.map((part) => textOf(part).trimStart());
  const line = texts.join(' | ');
  const isShort = line.includes('\n') || indent.length + line.length <= UNION_WIDTH;
  return { kind: 'union', text: isShort ? line : texts.map((text) => `\n${indent}  | ${text}`).join('') };
}

/** All of `parts` at once. */
export function intersection(parts: readonly Expression[], indent: string): Expression {
  const known = unique(parts).filter((part) => !isUnknown(part));
  const [first = UNKNOWN, second] = known;
  if (known.some(isNever)) return NEVER;
  if (second === undefined) return first;
  const texts = known.map((part) => (part.kind === 'union' ? bracketed(part, indent) : textOf(part)));
  return { kind: 'intersection', text: texts.join(' & ') };
}
