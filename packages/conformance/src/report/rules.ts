import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A rule of SPEC. */
export interface Rule {
  readonly id: string;
  /** What it says, on one line. */
  readonly text: string;
}

const require = createRequire(import.meta.url);

const readRules = (path: string): Rule[] =>
  readFileSync(require.resolve(path), 'utf8')
    .split(/^(?=- \*\*\[)/m)
    .slice(1)
    .map((entry) => {
      const [paragraph = ''] = entry.split('\n\n');
      const [, id = '', text = ''] = /^- \*\*\[([A-Z]+-\d+)\]\*\* ([\s\S]*)$/.exec(paragraph) ?? [];
      return { id, text: text.replaceAll(/\s+/g, ' ').trim() };
    });

/** The rules of the chat protocol, then those of any contract, in the order of their documents. */
export const listRules = (): readonly Rule[] => [
  ...readRules('@wirepact/protocol/SPEC.md'),
  ...readRules('@wirepact/contract/SPEC.md'),
];
