import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );

const decode = (text: string) => decodeURIComponent(text.replaceAll('&amp;', '&'));

/**
 * Looks for what pages of a built site link to and is not there: files, and places in pages, which VitePress does not look
 * at.
 * @throws an Error that lists them
 */
export function checkLinks(outDir: string): void {
  const files = new Set(listFiles(outDir).map((file) => `/${relative(outDir, file)}`));
  const pages = [...files].filter((file) => file.endsWith('.html'));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(outDir, page), 'utf8')]));
  const places = new Map(
    [...texts].map(([page, text]) => [
      page,
      new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)),
    ]),
  );
  const findPage = (path: string) =>
    [path, `${path}.html`, `${path}index.html`, `${path}/index.html`].find((file) => files.has(file));
  const dead = [...texts].flatMap(([page, text]) =>
    [...text.matchAll(/ (?:href|src|srcset)="(\/[^"/][^"]*|#[^"]+)"/g)].flatMap(([, link = '']) => {
      const [path = '', fragment] = decode(link).split('#');
      const target = path === '' ? page : findPage(path);
      const isThere = target && (!fragment || places.get(target)?.has(fragment));
      return isThere ? [] : [`${page} links to ${link}`];
    }),
  );
  if (dead.length > 0) throw new Error(`Links lead nowhere:\n${[...new Set(dead)].join('\n')}`);
}
