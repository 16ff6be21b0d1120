import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, in which all pages are. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where what is in the repository and no page is found. */
export const REPOSITORY = 'https://github.com/wirepact/wirepact';

/** The published packages, in the order in which they build on each other. */
export const PACKAGES = ['contract', 'protocol', 'server', 'client', 'cli', 'conformance'];

/** Pages that are made from docstrings: where their Markdown is written, and their address. */
export const API = { folder: 'apps/docs/generated/api', address: 'reference/api' };

/** The page of versions, which is made from what the repository has of them. */
export const VERSIONS_PAGE = 'apps/docs/generated/versions.md';

/** A page: the file it is made from, its address, and what the menu calls it where that is not its heading. */
type Page = readonly [file: string, address: string, name?: string];

const guide = (name: string): Page => [`docs/${name}.md`, `guide/${name}`];

const PLACED: readonly (readonly [section: string, pages: readonly Page[]])[] = [
  ['Begin', [['README.md', 'guide/start', 'Getting started']]],
  ['The chat', ['clients', 'react', 'presence', 'delivery', 'elizaos'].map(guide)],
  ['The server', ['embedding', 'security', 'scaling', 'operation', 'conformance'].map(guide)],
  ['Agents', ['agents', 'agent-adapters'].map(guide)],
  [
    'A contract of your own',
    [
      ...['your-own-contract', 'serving-a-contract', 'calling-a-contract'].map(guide),
      ...['durable-rooms', 'adding-an-event'].map(guide),
    ],
  ],
  [
    'Reference',
    [
      ['packages/protocol/src/generated/reference.md', 'reference/chat-events', 'Events of the chat'],
      ['packages/protocol/SPEC.md', 'reference/chat-rules', 'Rules of the chat'],
      ['packages/contract/SPEC.md', 'reference/session-rules', 'Rules of any contract'],
      [VERSIONS_PAGE, 'reference/versions', 'Versions'],
      ...PACKAGES.map((name): Page => [`packages/${name}/README.md`, `reference/${name}`]),
    ],
  ],
  [
    'The project',
    [
      ['CONTRIBUTING.md', 'project/contributing'],
      ['docs/decisions.md', 'project/decisions'],
      ['bench/README.md', 'project/measurements'],
      ...PACKAGES.filter((name) => existsSync(join(ROOT, `packages/${name}/CHANGELOG.md`))).map(
        (name): Page => [`packages/${name}/CHANGELOG.md`, `project/changes-${name}`, `Changes of ${name}`],
      ),
      ['bench/RESULTS.md', 'project/figures', 'Figures of the last run'],
      ['bench/MODEL.md', 'project/model', 'What the model says'],
    ],
  ],
];

const placedFiles = new Set(PLACED.flatMap(([, pages]) => pages.map(([file]) => file)));
/** Documents that were given no place are pages all the same. */
const others = readdirSync(join(ROOT, 'docs'))
  .filter((name) => name.endsWith('.md') && !placedFiles.has(`docs/${name}`))
  .map((name) => guide(name.replace(/\.md$/, '')));

/** What the menu lists. */
export const SECTIONS = others.length > 0 ? [...PLACED, ['More', others] as const] : PLACED;

const LANDING: Page = ['apps/docs/index.md', 'index'];

/** The pages of the site, by the files they are made from. */
export const PAGES: Readonly<Record<string, string>> = Object.fromEntries(
  [LANDING, ...SECTIONS.flatMap(([, pages]) => pages)].map(([file, address]) => [file, `${address}.md`]),
);

const NOT_LOOKED_INTO = new Set(['node_modules', 'dist', '.git', '.turbo', 'test-results', API.folder]);

/** The Markdown of the repository that is no page. */
export const listOtherMarkdown = (folder = ''): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      return NOT_LOOKED_INTO.has(entry.name) || NOT_LOOKED_INTO.has(path) ? [] : listOtherMarkdown(path);
    }
    return path.endsWith('.md') && !Object.hasOwn(PAGES, path) ? [path] : [];
  });

/** The first heading of a file. */
export const titleOf = (file: string): string =>
  /^# (.+)$/m.exec(readFileSync(join(ROOT, file), 'utf8'))?.[1]?.replaceAll('`', '') ?? file;

/**
 * A link of a file as the site has it: what is in the repository and no page is found there. A link that leads nowhere
 * stays as it is, and fails the build.
 */
export function linkFrom(file: string, link: string): string {
  if (/^(\w+:|#|\/)/.test(link)) return link;
  const [path = '', fragment] = link.split('#');
  const target = posix.join(dirname(file), path).replace(/\/$/, '');
  const isApi = target.startsWith(`${API.folder}/`);
  const page = isApi
    ? target.replace(API.folder, API.address)
    : (PAGES[target] ?? PAGES[`${target}/README.md`]);
  if (page) return `/${page}${fragment ? `#${fragment}` : ''}`;
  return existsSync(join(ROOT, target)) ? `${REPOSITORY}/tree/main/${target}` : link;
}
