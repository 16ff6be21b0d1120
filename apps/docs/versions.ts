import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PACKAGES, ROOT, VERSIONS_PAGE } from './pages';

/** What is read here of an event of the protocol's document. */
interface PublishedEvent {
  readonly since?: string;
  readonly description: string;
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const PROTOCOL_DOCUMENT = JSON.parse(read('packages/protocol/schema.json'));

/** Version of the wire that these pages are of. */
export const PROTOCOL: string = PROTOCOL_DOCUMENT.version;
/** Version of the packages that these pages are of; all have the same. */
export const RELEASE: string = JSON.parse(read('packages/protocol/package.json')).version;

/** The releases that have pages of their own, by a changelog, the newest first: `1.1` for all of 1.1.0, 1.1.1 … */
export const listReleases = (changelog: string): string[] => [
  ...new Set([...changelog.matchAll(/^## (\d+\.\d+)\.\d+$/gm)].map(([, minor = '']) => minor)),
];

const minorOf = (version: string) => version.split('.').slice(0, 2).join('.');

/** Where the pages of this release are, below the address of the site. Those of other releases stay beside them. */
export const BASE = `/v${minorOf(RELEASE)}/`;

/** How many rules of a SPEC came with a version. */
export const countRules = (spec: string, version: string): number =>
  spec
    .split(/^- (?=\*\*\[)/m)
    .slice(1)
    .filter((rule) => rule.includes(`*${version}`)).length;

function describeVersion(version: string): string {
  const directions = [
    ['client', PROTOCOL_DOCUMENT.clientToServer],
    ['server', PROTOCOL_DOCUMENT.serverToClient],
  ] as const;
  const events = directions.flatMap(([direction, declared]) =>
    Object.entries<PublishedEvent>(declared)
      .filter(([, { since }]) => since === version)
      .map(([name, { description }]) => {
        const link = `../../../packages/protocol/src/generated/reference.md#${direction}-${name}`;
        return `| [\`${name}\`](${link}) | ${direction} | ${description} |`;
      }),
  );
  const rules = countRules(read('packages/protocol/SPEC.md'), version);
  return [
    `### ${version}`,
    `${rules} [rules](../../../packages/protocol/SPEC.md) are marked *${version}*. Events that came with it:`,
    ['| event | sent by | what it is |', '|---|---|---|', ...events].join('\n'),
  ].join('\n\n');
}

/** What changesets say of the next release, without their heads. */
const listUnreleased = (): string[] =>
  readdirSync(join(ROOT, '.changeset'))
    .filter((name) => name.endsWith('.md'))
    .map((name) =>
      read(`.changeset/${name}`)
        .replace(/^---[\s\S]*?\n---\n+/, '')
        .trim(),
    );

/** Writes the page of versions: what each version of the protocol has, and which releases of the packages there are. */
export function writeVersions(): void {
  const changelog = 'packages/protocol/CHANGELOG.md';
  const others = (existsSync(join(ROOT, changelog)) ? listReleases(read(changelog)) : []).filter(
    (release) => release !== minorOf(RELEASE),
  );
  const versions = [PROTOCOL_DOCUMENT.clientToServer, PROTOCOL_DOCUMENT.serverToClient].flatMap((events) =>
    Object.values<PublishedEvent>(events).flatMap(({ since }) => since ?? []),
  );
  const text = [
    '# Versions',
    `These pages are of the packages ${RELEASE}, which speak version ${PROTOCOL} of the chat’s protocol.`,
    '## The protocol',
    'A client of an older version works with a newer server of the same major version: [which versions understand each other](../../../packages/protocol/SPEC.md#versions).',
    ...[...new Set(versions)].sort().reverse().map(describeVersion),
    '## The packages',
    `All have the same version: ${PACKAGES.map((name) => `\`@wirepact/${name}\``).join(', ')}.`,
    ...others.map((release) => `- <a href="../../v${release}/" target="_self">The pages of ${release}</a>`),
    '### Not released yet',
    ...listUnreleased().map((change) => `- ${change.replaceAll('\n', '\n  ')}`),
  ].join('\n\n');
  const file = join(ROOT, VERSIONS_PAGE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}
