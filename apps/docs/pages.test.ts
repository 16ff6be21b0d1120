import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkLinks } from './check-links';
import { linkFrom, listOtherMarkdown, PAGES, ROOT, SECTIONS } from './pages';
import { countRules, listReleases } from './versions';

test('every document is a page, and in the menu', () => {
  const documents = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  const listed = SECTIONS.flatMap(([, pages]) => pages.map(([file]) => file));
  expect(listed).toEqual(expect.arrayContaining(documents.map((name) => `docs/${name}`)));
  expect(new Set(Object.values(PAGES)).size).toBe(listed.length + 1);
});

test('what else is Markdown is none', () => {
  const others = listOtherMarkdown();
  expect(others).toContain('AGENTS.md');
  expect(others.filter((file) => Object.hasOwn(PAGES, file))).toEqual([]);
});

test.each([
  ['docs/clients.md', 'react.md', '/guide/react.md'],
  ['docs/presence.md', '../packages/protocol/SPEC.md#presence', '/reference/chat-rules.md#presence'],
  ['README.md', 'packages/client', '/reference/client.md'],
  ['README.md', 'examples/board', 'https://github.com/wirepact/wirepact/tree/main/examples/board'],
  [
    'apps/docs/generated/api/server/index.md',
    'redis/index.md#functions',
    '/reference/api/server/redis/index.md#functions',
  ],
  ['docs/clients.md', '#status', '#status'],
  ['docs/clients.md', 'https://socket.io', 'https://socket.io'],
  ['docs/clients.md', 'no-such-page.md', 'no-such-page.md'],
])('from %s the link %s leads to %s', (file, link, expected) => {
  expect(linkFrom(file, link)).toBe(expected);
});

/** A built site of some pages. */
function build(pages: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'wirepact-site-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, html] of Object.entries(pages)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), html);
  }
  return folder;
}

test('links to pages, to places in them and to files are followed', () => {
  const index = '<a href="/guide/start#first">a</a> <a href="#top">b</a> <img src="/x.png"> <p id="top">';
  const start = '<h2 id="first"> <a href="/">a</a> <a href="https://socket.io">b</a>';
  const site = build({ 'index.html': index, 'guide/start.html': start, 'x.png': '' });
  expect(() => checkLinks(site)).not.toThrow();
});

test.each(['/guide/none', '/x.png', '/#none', '#none', '/guide/start#none'])(
  '%s that is not there is told',
  (link) => {
    const site = build({
      'index.html': `<a id="a" href="${link}">a</a>`,
      'guide/start.html': '<p id="first">',
    });
    expect(() => checkLinks(site)).toThrow(`/index.html links to ${link}`);
  },
);

test('releases are the minor versions of a changelog, the newest first', () => {
  const changelog =
    '# @wirepact/protocol\n\n## 1.1.1\n\n## 1.1.0\n\n### Minor Changes\n\n- 2.0.0 is next\n\n## 1.0.0\n';
  expect(listReleases(changelog)).toEqual(['1.1', '1.0']);
});

test('a rule is of the version that it is marked with, which may stand on its next line', () => {
  const spec =
    '*1.2*: an addition.\n\n- **[A-1]** One. — *1.1*\n- **[A-2]** Two\n  lines. — *1.2*\n- **[A-3]** Three. — *1.0, settled*\n';
  expect(['1.0', '1.1', '1.2'].map((version) => countRules(spec, version))).toEqual([1, 1, 1]);
});
