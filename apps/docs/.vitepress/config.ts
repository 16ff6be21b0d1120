import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NavigationItem } from 'typedoc-plugin-markdown';
import { type DefaultTheme, defineConfig, type Plugin } from 'vitepress';
import { writeApi } from '../api';
import { checkLinks } from '../check-links';
import {
  API,
  linkFrom,
  listOtherMarkdown,
  PACKAGES,
  PAGES,
  REPOSITORY,
  ROOT,
  SECTIONS,
  titleOf,
  VERSIONS_PAGE,
} from '../pages';
import { BASE, PROTOCOL, RELEASE, writeVersions } from '../versions';

/** The folder of the built site. */
const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const MARK = readFileSync(join(ROOT, 'apps/demo/public/favicon.svg'), 'utf8').trim();

/** Pages are compiled where their Markdown is, from where Vue is not found. */
const VUE_FROM_HERE: Plugin = {
  name: 'vue-from-here',
  enforce: 'pre',
  resolveId(id, importer, options) {
    if (!/^vue(\/|$)/.test(id) || !importer?.endsWith('.md')) return null;
    return this.resolve(id, fileURLToPath(import.meta.url), { ...options, skipSelf: true });
  },
};

const addressOf = (file: string) => `/${PAGES[file]?.replace(/\.md$/, '')}`;

const MENU: DefaultTheme.SidebarItem[] = SECTIONS.map(([text, pages]) => ({
  text,
  items: [
    ...pages.map(([file, address, name = titleOf(file)]) => ({ text: name, link: `/${address}` })),
    ...(text === 'Reference' ? [{ text: 'API of the packages', link: `/${API.address}/` }] : []),
  ],
}));

const api = await writeApi();
writeVersions();

const apiItem = ({ title, path, children }: NavigationItem): DefaultTheme.SidebarItem => ({
  text: title,
  ...(path && { link: `/${API.address}/${path.replace(/(index)?\.md$/, '')}` }),
  ...(children && { items: children.map(apiItem) }),
});

/** The menu beside a package's API: its own modules, and below them the other packages. */
const apiMenuOf = (name: string): DefaultTheme.SidebarItem[] => {
  const isOwn = ({ title }: NavigationItem) => title.split('/')[1] === name;
  const own = api
    .filter(isOwn)
    .map((module) => ({ ...apiItem(module), collapsed: module.title.split('/').length > 2 }));
  const others = api.filter((module) => !isOwn(module)).map(({ title, path }) => apiItem({ title, path }));
  return [...own, { text: own.length > 0 ? 'Other modules' : 'Modules', items: others }];
};

const API_MENUS = Object.fromEntries([
  ...PACKAGES.map((name) => [`/${API.address}/${name}/`, apiMenuOf(name)]),
  [`/${API.address}/`, apiMenuOf('')],
]);

export default defineConfig({
  lang: 'en',
  title: 'Wirepact',
  description: 'Socket.IO events as a versioned, typed, run-time-checked contract.',
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(MARK)}` }]],
  srcDir: '../..',
  base: BASE,
  outDir: join(DIST, BASE),
  cacheDir: 'node_modules/.cache',
  srcExclude: listOtherMarkdown(),
  rewrites: { ...PAGES, [`${API.folder}/:path(.*)`]: `${API.address}/:path` },
  cleanUrls: true,
  // The menus of the API are long: pages load them once.
  metaChunk: true,
  vite: { publicDir: join(ROOT, 'docs/images'), plugins: [VUE_FROM_HERE] },
  markdown: {
    config(md) {
      const { link_open: before } = md.renderer.rules;
      md.renderer.rules.link_open = (tokens, index, options, env, self) => {
        const token = tokens[index];
        const link = token?.attrGet('href');
        if (link) token?.attrSet('href', linkFrom(relative(ROOT, env.realPath ?? env.path), link));
        return before ? before(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
      };
    },
  },
  transformPageData: ({ relativePath }) =>
    relativePath.startsWith(`${API.address}/`) ? { frontmatter: { pageClass: 'api' } } : undefined,
  buildEnd() {
    // The site's address leads to the newest release.
    writeFileSync(join(DIST, 'index.html'), `<meta http-equiv="refresh" content="0; url=.${BASE}">\n`);
    checkLinks(DIST);
  },
  themeConfig: {
    nav: [
      { text: 'Guide', link: addressOf('README.md'), activeMatch: '/guide/' },
      {
        text: 'Reference',
        link: addressOf('packages/protocol/src/generated/reference.md'),
        activeMatch: '/reference/(?!api/)',
      },
      { text: 'API', link: `/${API.address}/`, activeMatch: `/${API.address}/` },
      {
        text: `Protocol ${PROTOCOL}`,
        items: [
          {
            text: `These pages: protocol ${PROTOCOL}, packages ${RELEASE}`,
            link: addressOf(VERSIONS_PAGE),
          },
          {
            text: 'Which versions understand each other',
            link: `${addressOf('packages/protocol/SPEC.md')}#versions`,
          },
          { text: 'What has changed', link: `${addressOf(VERSIONS_PAGE)}#the-packages` },
        ],
      },
    ],
    sidebar: { ...API_MENUS, '/': MENU },
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
  },
});
