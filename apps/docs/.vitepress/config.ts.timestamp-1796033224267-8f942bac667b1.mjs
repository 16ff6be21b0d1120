// .vitepress/config.ts
import { readFileSync as readFileSync5, writeFileSync as writeFileSync2 } from "node:fs";
import { join as join5, relative as relative3 } from "node:path";
import { fileURLToPath as fileURLToPath2 } from "node:url";
import { defineConfig } from "file:///tmp/trees/site/node_modules/.pnpm/vitepress@1.6.4_@algolia+client-search@5.65.0_@types+node@20.19.43_lightningcss@1.33.0__0ba28333e86299161172c9a71644df6e/node_modules/vitepress/dist/node/index.js";

// api.ts
import { readFileSync as readFileSync2, rmSync } from "node:fs";
import { join as join2, relative } from "node:path";
import { Application, ReferenceType, ReflectionKind } from "file:///tmp/trees/site/node_modules/.pnpm/typedoc@0.28.20_typescript@6.0.3/node_modules/typedoc/dist/index.js";

// pages.ts
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
var __vite_injected_original_import_meta_url = "file:///tmp/trees/site/apps/docs/pages.ts";
var ROOT = fileURLToPath(new URL("../../", __vite_injected_original_import_meta_url));
var REPOSITORY = "https://github.com/wirepact/wirepact";
var PACKAGES = ["contract", "protocol", "server", "client", "cli", "conformance"];
var API = { folder: "apps/docs/generated/api", address: "reference/api" };
var VERSIONS_PAGE = "apps/docs/generated/versions.md";
var guide = (name) => [`docs/${name}.md`, `guide/${name}`];
var PLACED = [
  ["Begin", [["README.md", "guide/start", "Getting started"]]],
  ["The chat", ["clients", "react", "presence", "delivery", "elizaos"].map(guide)],
  ["The server", ["embedding", "security", "scaling", "operation", "conformance"].map(guide)],
  ["Agents", ["agents", "agent-adapters"].map(guide)],
  [
    "A contract of your own",
    [
      ...["your-own-contract", "serving-a-contract", "calling-a-contract"].map(guide),
      ...["durable-rooms", "adding-an-event"].map(guide)
    ]
  ],
  [
    "Reference",
    [
      ["packages/protocol/src/generated/reference.md", "reference/chat-events", "Events of the chat"],
      ["packages/protocol/SPEC.md", "reference/chat-rules", "Rules of the chat"],
      ["packages/contract/SPEC.md", "reference/session-rules", "Rules of any contract"],
      [VERSIONS_PAGE, "reference/versions", "Versions"],
      ...PACKAGES.map((name) => [`packages/${name}/README.md`, `reference/${name}`])
    ]
  ],
  [
    "The project",
    [
      ["CONTRIBUTING.md", "project/contributing"],
      ["docs/decisions.md", "project/decisions"],
      ["bench/README.md", "project/measurements"],
      ...PACKAGES.filter((name) => existsSync(join(ROOT, `packages/${name}/CHANGELOG.md`))).map(
        (name) => [`packages/${name}/CHANGELOG.md`, `project/changes-${name}`, `Changes of ${name}`]
      ),
      ["bench/RESULTS.md", "project/figures", "Figures of the last run"]
    ]
  ]
];
var placedFiles = new Set(PLACED.flatMap(([, pages]) => pages.map(([file]) => file)));
var others = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md") && !placedFiles.has(`docs/${name}`)).map((name) => guide(name.replace(/\.md$/, "")));
var SECTIONS = others.length > 0 ? [...PLACED, ["More", others]] : PLACED;
var LANDING = ["apps/docs/index.md", "index"];
var PAGES = Object.fromEntries(
  [LANDING, ...SECTIONS.flatMap(([, pages]) => pages)].map(([file, address]) => [file, `${address}.md`])
);
var NOT_LOOKED_INTO = /* @__PURE__ */ new Set(["node_modules", "dist", ".git", ".turbo", "test-results", API.folder]);
var listOtherMarkdown = (folder = "") => readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
  const path = posix.join(folder, entry.name);
  if (entry.isDirectory()) {
    return NOT_LOOKED_INTO.has(entry.name) || NOT_LOOKED_INTO.has(path) ? [] : listOtherMarkdown(path);
  }
  return path.endsWith(".md") && !Object.hasOwn(PAGES, path) ? [path] : [];
});
var titleOf = (file) => /^# (.+)$/m.exec(readFileSync(join(ROOT, file), "utf8"))?.[1]?.replaceAll("`", "") ?? file;
function linkFrom(file, link) {
  if (/^(\w+:|#|\/)/.test(link)) return link;
  const [path = "", fragment] = link.split("#");
  const target = posix.join(dirname(file), path).replace(/\/$/, "");
  const isApi = target.startsWith(`${API.folder}/`);
  const page = isApi ? target.replace(API.folder, API.address) : PAGES[target] ?? PAGES[`${target}/README.md`];
  if (page) return `/${page}${fragment ? `#${fragment}` : ""}`;
  return existsSync(join(ROOT, target)) ? `${REPOSITORY}/tree/main/${target}` : link;
}

// api.ts
var SOURCE = "@wirepact/source";
function listModules() {
  const modules = PACKAGES.flatMap((name) => {
    const folder = join2(ROOT, "packages", name);
    const { exports } = JSON.parse(readFileSync2(join2(folder, "package.json"), "utf8"));
    return Object.entries(exports).flatMap(
      ([path, { [SOURCE]: source }]) => source ? [[join2(folder, source), `@wirepact/${name}${path.slice(1)}`]] : []
    );
  });
  return new Map(modules);
}
var rawNameOf = (file) => relative(join2(ROOT, "packages"), file).replace(/(\/index)?\.ts$/, "");
function simplify(reflection) {
  if (reflection.isDeclaration() || reflection.isSignature()) {
    reflection.inheritedFrom = void 0;
    reflection.overwrites = void 0;
  }
  const isConstraint = reflection.isTypeParameter() && reflection.parent?.isSignature();
  const isConstant = reflection.isDeclaration() && reflection.kindOf(ReflectionKind.Variable);
  if (!isConstraint && !isConstant) return;
  const { type } = reflection;
  if (!(type instanceof ReferenceType) || !type.package?.startsWith("@wirepact/")) return;
  if (isConstraint || type.typeArguments?.some((argument) => argument.type === "reflection"))
    type.typeArguments = void 0;
}
var OUT = join2(ROOT, API.folder);
var NAVIGATION = join2(OUT, "navigation.json");
var OPTIONS = {
  name: "API",
  tsconfig: join2(ROOT, "apps/docs/tsconfig.api.json"),
  // The types are checked where the packages are.
  skipErrorChecking: true,
  plugin: ["typedoc-plugin-markdown"],
  logLevel: "Warn",
  out: OUT,
  readme: "none",
  disableSources: true,
  excludeExternals: true,
  excludeInternal: true,
  entryFileName: "index",
  excludeScopesInPaths: true,
  navigation: { includeGroups: true, includeCategories: false, includeFolders: false },
  groupOrder: [
    "Functions",
    "Classes",
    "Interfaces",
    "Type Aliases",
    "Variables",
    "Constructors",
    "Properties",
    "*"
  ],
  navigationJson: NAVIGATION,
  hidePageHeader: true,
  useCodeBlocks: true,
  useHTMLEncodedBrackets: true,
  expandObjects: true,
  parametersFormat: "table",
  indexFormat: "table",
  pageTitleTemplates: {
    index: "{projectName}",
    module: "{name}",
    member: ({ rawName }) => rawName.replace(/[<(].*/s, "")
  },
  sanitizeComments: true
};
async function writeApi() {
  const modules = listModules();
  const app = await Application.bootstrapWithPlugins({ ...OPTIONS, entryPoints: [...modules.keys()] });
  const project = await app.convert();
  if (!project) throw new Error("The sources of the packages could not be read.");
  const names = new Map([...modules].map(([file, name]) => [rawNameOf(file), name]));
  for (const module of project.children ?? []) module.name = names.get(module.name) ?? module.name;
  for (const reflection of Object.values(project.reflections)) simplify(reflection);
  app.validate(project);
  rmSync(OUT, { recursive: true, force: true });
  await app.outputs.writeOutputs(project);
  if (app.logger.hasWarnings() || app.logger.hasErrors())
    throw new Error("Docstrings have to be mended, see above.");
  return JSON.parse(readFileSync2(NAVIGATION, "utf8"));
}

// check-links.ts
import { readdirSync as readdirSync2, readFileSync as readFileSync3 } from "node:fs";
import { join as join3, relative as relative2 } from "node:path";
var listFiles = (folder) => readdirSync2(folder, { recursive: true, withFileTypes: true }).flatMap(
  (entry) => entry.isFile() ? [join3(entry.parentPath, entry.name)] : []
);
var decode = (text) => decodeURIComponent(text.replaceAll("&amp;", "&"));
function checkLinks(outDir) {
  const files = new Set(listFiles(outDir).map((file) => `/${relative2(outDir, file)}`));
  const pages = [...files].filter((file) => file.endsWith(".html"));
  const texts = new Map(pages.map((page) => [page, readFileSync3(join3(outDir, page), "utf8")]));
  const places = new Map(
    [...texts].map(([page, text]) => [
      page,
      new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    ])
  );
  const findPage = (path) => [path, `${path}.html`, `${path}index.html`, `${path}/index.html`].find((file) => files.has(file));
  const dead = [...texts].flatMap(
    ([page, text]) => [...text.matchAll(/ (?:href|src|srcset)="(\/[^"/][^"]*|#[^"]+)"/g)].flatMap(([, link = ""]) => {
      const [path = "", fragment] = decode(link).split("#");
      const target = path === "" ? page : findPage(path);
      const isThere = target && (!fragment || places.get(target)?.has(fragment));
      return isThere ? [] : [`${page} links to ${link}`];
    })
  );
  if (dead.length > 0) throw new Error(`Links lead nowhere:
${[...new Set(dead)].join("\n")}`);
}

// versions.ts
import { existsSync as existsSync2, mkdirSync, readdirSync as readdirSync3, readFileSync as readFileSync4, writeFileSync } from "node:fs";
import { dirname as dirname2, join as join4 } from "node:path";
var read = (path) => readFileSync4(join4(ROOT, path), "utf8");
var PROTOCOL_DOCUMENT = JSON.parse(read("packages/protocol/schema.json"));
var PROTOCOL = PROTOCOL_DOCUMENT.version;
var RELEASE = JSON.parse(read("packages/protocol/package.json")).version;
var listReleases = (changelog) => [
  ...new Set([...changelog.matchAll(/^## (\d+\.\d+)\.\d+$/gm)].map(([, minor = ""]) => minor))
];
var minorOf = (version) => version.split(".").slice(0, 2).join(".");
var BASE = `/v${minorOf(RELEASE)}/`;
var countRules = (spec, version) => spec.split(/^- (?=\*\*\[)/m).slice(1).filter((rule) => rule.includes(`*${version}`)).length;
function describeVersion(version) {
  const directions = [
    ["client", PROTOCOL_DOCUMENT.clientToServer],
    ["server", PROTOCOL_DOCUMENT.serverToClient]
  ];
  const events = directions.flatMap(
    ([direction, declared]) => Object.entries(declared).filter(([, { since }]) => since === version).map(([name, { description }]) => {
      const link = `../../../packages/protocol/src/generated/reference.md#${direction}-${name}`;
      return `| [\`${name}\`](${link}) | ${direction} | ${description} |`;
    })
  );
  const rules = countRules(read("packages/protocol/SPEC.md"), version);
  return [
    `### ${version}`,
    `${rules} [rules](../../../packages/protocol/SPEC.md) are marked *${version}*. Events that came with it:`,
    ["| event | sent by | what it is |", "|---|---|---|", ...events].join("\n")
  ].join("\n\n");
}
var listUnreleased = () => readdirSync3(join4(ROOT, ".changeset")).filter((name) => name.endsWith(".md")).map(
  (name) => read(`.changeset/${name}`).replace(/^---[\s\S]*?\n---\n+/, "").trim()
);
function writeVersions() {
  const changelog = "packages/protocol/CHANGELOG.md";
  const others2 = (existsSync2(join4(ROOT, changelog)) ? listReleases(read(changelog)) : []).filter(
    (release) => release !== minorOf(RELEASE)
  );
  const versions = [PROTOCOL_DOCUMENT.clientToServer, PROTOCOL_DOCUMENT.serverToClient].flatMap(
    (events) => Object.values(events).flatMap(({ since }) => since ?? [])
  );
  const text = [
    "# Versions",
    `These pages are of the packages ${RELEASE}, which speak version ${PROTOCOL} of the chat\u2019s protocol.`,
    "## The protocol",
    "A client of an older version works with a newer server: [which versions understand each other](../../../packages/protocol/SPEC.md#versions).",
    ...[...new Set(versions)].sort().reverse().map(describeVersion),
    "## The packages",
    `All have the same version: ${PACKAGES.map((name) => `\`@wirepact/${name}\``).join(", ")}.`,
    ...others2.map((release) => `- <a href="../../v${release}/" target="_self">The pages of ${release}</a>`),
    "### Not released yet",
    ...listUnreleased().map((change) => `- ${change.replaceAll("\n", "\n  ")}`)
  ].join("\n\n");
  const file = join4(ROOT, VERSIONS_PAGE);
  mkdirSync(dirname2(file), { recursive: true });
  writeFileSync(file, `${text}
`);
}

// .vitepress/config.ts
var __vite_injected_original_import_meta_url2 = "file:///tmp/trees/site/apps/docs/.vitepress/config.ts";
var DIST = fileURLToPath2(new URL("../dist", __vite_injected_original_import_meta_url2));
var MARK = readFileSync5(join5(ROOT, "apps/demo/public/favicon.svg"), "utf8").trim();
var VUE_FROM_HERE = {
  name: "vue-from-here",
  enforce: "pre",
  resolveId(id, importer, options) {
    if (!/^vue(\/|$)/.test(id) || !importer?.endsWith(".md")) return null;
    return this.resolve(id, fileURLToPath2(__vite_injected_original_import_meta_url2), { ...options, skipSelf: true });
  }
};
var addressOf = (file) => `/${PAGES[file]?.replace(/\.md$/, "")}`;
var MENU = SECTIONS.map(([text, pages]) => ({
  text,
  items: [
    ...pages.map(([file, address, name = titleOf(file)]) => ({ text: name, link: `/${address}` })),
    ...text === "Reference" ? [{ text: "API of the packages", link: `/${API.address}/` }] : []
  ]
}));
var api = await writeApi();
writeVersions();
var apiItem = ({ title, path, children }) => ({
  text: title,
  ...path && { link: `/${API.address}/${path.replace(/(index)?\.md$/, "")}` },
  ...children && { items: children.map(apiItem) }
});
var apiMenuOf = (name) => {
  const isOwn = ({ title }) => title.split("/")[1] === name;
  const own = api.filter(isOwn).map((module) => ({ ...apiItem(module), collapsed: module.title.split("/").length > 2 }));
  const others2 = api.filter((module) => !isOwn(module)).map(({ title, path }) => apiItem({ title, path }));
  return [...own, { text: own.length > 0 ? "Other modules" : "Modules", items: others2 }];
};
var API_MENUS = Object.fromEntries([
  ...PACKAGES.map((name) => [`/${API.address}/${name}/`, apiMenuOf(name)]),
  [`/${API.address}/`, apiMenuOf("")]
]);
var config_default = defineConfig({
  lang: "en",
  title: "Wirepact",
  description: "Socket.IO events as a versioned, typed, run-time-checked contract.",
  head: [["link", { rel: "icon", href: `data:image/svg+xml,${encodeURIComponent(MARK)}` }]],
  srcDir: "../..",
  base: BASE,
  outDir: join5(DIST, BASE),
  cacheDir: "node_modules/.cache",
  srcExclude: listOtherMarkdown(),
  rewrites: { ...PAGES, [`${API.folder}/:path(.*)`]: `${API.address}/:path` },
  cleanUrls: true,
  // The menus of the API are long: pages load them once.
  metaChunk: true,
  vite: { publicDir: join5(ROOT, "docs/images"), plugins: [VUE_FROM_HERE] },
  markdown: {
    config(md) {
      const { link_open: before } = md.renderer.rules;
      md.renderer.rules.link_open = (tokens, index, options, env, self) => {
        const token = tokens[index];
        const link = token?.attrGet("href");
        if (link) token?.attrSet("href", linkFrom(relative3(ROOT, env.realPath ?? env.path), link));
        return before ? before(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
      };
    }
  },
  transformPageData: ({ relativePath }) => relativePath.startsWith(`${API.address}/`) ? { frontmatter: { pageClass: "api" } } : void 0,
  buildEnd() {
    writeFileSync2(join5(DIST, "index.html"), `<meta http-equiv="refresh" content="0; url=.${BASE}">
`);
    checkLinks(DIST);
  },
  themeConfig: {
    nav: [
      { text: "Guide", link: addressOf("README.md"), activeMatch: "/guide/" },
      {
        text: "Reference",
        link: addressOf("packages/protocol/src/generated/reference.md"),
        activeMatch: "/reference/(?!api/)"
      },
      { text: "API", link: `/${API.address}/`, activeMatch: `/${API.address}/` },
      {
        text: `Protocol ${PROTOCOL}`,
        items: [
          {
            text: `These pages: protocol ${PROTOCOL}, packages ${RELEASE}`,
            link: addressOf(VERSIONS_PAGE)
          },
          {
            text: "Which versions understand each other",
            link: `${addressOf("packages/protocol/SPEC.md")}#versions`
          },
          { text: "What has changed", link: `${addressOf(VERSIONS_PAGE)}#the-packages` }
        ]
      }
    ],
    sidebar: { ...API_MENUS, "/": MENU },
    outline: { level: [2, 3] },
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: REPOSITORY }]
  }
});
export {
  config_default as default
};
//# sourceMappingURL=data:application/json;base64,ewogICJ2ZXJzaW9uIjogMywKICAic291cmNlcyI6IFsiLnZpdGVwcmVzcy9jb25maWcudHMiLCAiYXBpLnRzIiwgInBhZ2VzLnRzIiwgImNoZWNrLWxpbmtzLnRzIiwgInZlcnNpb25zLnRzIl0sCiAgInNvdXJjZXNDb250ZW50IjogWyJjb25zdCBfX3ZpdGVfaW5qZWN0ZWRfb3JpZ2luYWxfZGlybmFtZSA9IFwiL3RtcC90cmVlcy9zaXRlL2FwcHMvZG9jcy8udml0ZXByZXNzXCI7Y29uc3QgX192aXRlX2luamVjdGVkX29yaWdpbmFsX2ZpbGVuYW1lID0gXCIvdG1wL3RyZWVzL3NpdGUvYXBwcy9kb2NzLy52aXRlcHJlc3MvY29uZmlnLnRzXCI7Y29uc3QgX192aXRlX2luamVjdGVkX29yaWdpbmFsX2ltcG9ydF9tZXRhX3VybCA9IFwiZmlsZTovLy90bXAvdHJlZXMvc2l0ZS9hcHBzL2RvY3MvLnZpdGVwcmVzcy9jb25maWcudHNcIjtpbXBvcnQgeyByZWFkRmlsZVN5bmMsIHdyaXRlRmlsZVN5bmMgfSBmcm9tICdub2RlOmZzJztcbmltcG9ydCB7IGpvaW4sIHJlbGF0aXZlIH0gZnJvbSAnbm9kZTpwYXRoJztcbmltcG9ydCB7IGZpbGVVUkxUb1BhdGggfSBmcm9tICdub2RlOnVybCc7XG5pbXBvcnQgdHlwZSB7IE5hdmlnYXRpb25JdGVtIH0gZnJvbSAndHlwZWRvYy1wbHVnaW4tbWFya2Rvd24nO1xuaW1wb3J0IHsgdHlwZSBEZWZhdWx0VGhlbWUsIGRlZmluZUNvbmZpZywgdHlwZSBQbHVnaW4gfSBmcm9tICd2aXRlcHJlc3MnO1xuaW1wb3J0IHsgd3JpdGVBcGkgfSBmcm9tICcuLi9hcGknO1xuaW1wb3J0IHsgY2hlY2tMaW5rcyB9IGZyb20gJy4uL2NoZWNrLWxpbmtzJztcbmltcG9ydCB7XG4gIEFQSSxcbiAgbGlua0Zyb20sXG4gIGxpc3RPdGhlck1hcmtkb3duLFxuICBQQUNLQUdFUyxcbiAgUEFHRVMsXG4gIFJFUE9TSVRPUlksXG4gIFJPT1QsXG4gIFNFQ1RJT05TLFxuICB0aXRsZU9mLFxuICBWRVJTSU9OU19QQUdFLFxufSBmcm9tICcuLi9wYWdlcyc7XG5pbXBvcnQgeyBCQVNFLCBQUk9UT0NPTCwgUkVMRUFTRSwgd3JpdGVWZXJzaW9ucyB9IGZyb20gJy4uL3ZlcnNpb25zJztcblxuLyoqIFRoZSBmb2xkZXIgb2YgdGhlIGJ1aWx0IHNpdGUuICovXG5jb25zdCBESVNUID0gZmlsZVVSTFRvUGF0aChuZXcgVVJMKCcuLi9kaXN0JywgaW1wb3J0Lm1ldGEudXJsKSk7XG5jb25zdCBNQVJLID0gcmVhZEZpbGVTeW5jKGpvaW4oUk9PVCwgJ2FwcHMvZGVtby9wdWJsaWMvZmF2aWNvbi5zdmcnKSwgJ3V0ZjgnKS50cmltKCk7XG5cbi8qKiBQYWdlcyBhcmUgY29tcGlsZWQgd2hlcmUgdGhlaXIgTWFya2Rvd24gaXMsIGZyb20gd2hlcmUgVnVlIGlzIG5vdCBmb3VuZC4gKi9cbmNvbnN0IFZVRV9GUk9NX0hFUkU6IFBsdWdpbiA9IHtcbiAgbmFtZTogJ3Z1ZS1mcm9tLWhlcmUnLFxuICBlbmZvcmNlOiAncHJlJyxcbiAgcmVzb2x2ZUlkKGlkLCBpbXBvcnRlciwgb3B0aW9ucykge1xuICAgIGlmICghL152dWUoXFwvfCQpLy50ZXN0KGlkKSB8fCAhaW1wb3J0ZXI/LmVuZHNXaXRoKCcubWQnKSkgcmV0dXJuIG51bGw7XG4gICAgcmV0dXJuIHRoaXMucmVzb2x2ZShpZCwgZmlsZVVSTFRvUGF0aChpbXBvcnQubWV0YS51cmwpLCB7IC4uLm9wdGlvbnMsIHNraXBTZWxmOiB0cnVlIH0pO1xuICB9LFxufTtcblxuY29uc3QgYWRkcmVzc09mID0gKGZpbGU6IHN0cmluZykgPT4gYC8ke1BBR0VTW2ZpbGVdPy5yZXBsYWNlKC9cXC5tZCQvLCAnJyl9YDtcblxuY29uc3QgTUVOVTogRGVmYXVsdFRoZW1lLlNpZGViYXJJdGVtW10gPSBTRUNUSU9OUy5tYXAoKFt0ZXh0LCBwYWdlc10pID0+ICh7XG4gIHRleHQsXG4gIGl0ZW1zOiBbXG4gICAgLi4ucGFnZXMubWFwKChbZmlsZSwgYWRkcmVzcywgbmFtZSA9IHRpdGxlT2YoZmlsZSldKSA9PiAoeyB0ZXh0OiBuYW1lLCBsaW5rOiBgLyR7YWRkcmVzc31gIH0pKSxcbiAgICAuLi4odGV4dCA9PT0gJ1JlZmVyZW5jZScgPyBbeyB0ZXh0OiAnQVBJIG9mIHRoZSBwYWNrYWdlcycsIGxpbms6IGAvJHtBUEkuYWRkcmVzc30vYCB9XSA6IFtdKSxcbiAgXSxcbn0pKTtcblxuY29uc3QgYXBpID0gYXdhaXQgd3JpdGVBcGkoKTtcbndyaXRlVmVyc2lvbnMoKTtcblxuY29uc3QgYXBpSXRlbSA9ICh7IHRpdGxlLCBwYXRoLCBjaGlsZHJlbiB9OiBOYXZpZ2F0aW9uSXRlbSk6IERlZmF1bHRUaGVtZS5TaWRlYmFySXRlbSA9PiAoe1xuICB0ZXh0OiB0aXRsZSxcbiAgLi4uKHBhdGggJiYgeyBsaW5rOiBgLyR7QVBJLmFkZHJlc3N9LyR7cGF0aC5yZXBsYWNlKC8oaW5kZXgpP1xcLm1kJC8sICcnKX1gIH0pLFxuICAuLi4oY2hpbGRyZW4gJiYgeyBpdGVtczogY2hpbGRyZW4ubWFwKGFwaUl0ZW0pIH0pLFxufSk7XG5cbi8qKiBUaGUgbWVudSBiZXNpZGUgYSBwYWNrYWdlJ3MgQVBJOiBpdHMgb3duIG1vZHVsZXMsIGFuZCBiZWxvdyB0aGVtIHRoZSBvdGhlciBwYWNrYWdlcy4gKi9cbmNvbnN0IGFwaU1lbnVPZiA9IChuYW1lOiBzdHJpbmcpOiBEZWZhdWx0VGhlbWUuU2lkZWJhckl0ZW1bXSA9PiB7XG4gIGNvbnN0IGlzT3duID0gKHsgdGl0bGUgfTogTmF2aWdhdGlvbkl0ZW0pID0+IHRpdGxlLnNwbGl0KCcvJylbMV0gPT09IG5hbWU7XG4gIGNvbnN0IG93biA9IGFwaVxuICAgIC5maWx0ZXIoaXNPd24pXG4gICAgLm1hcCgobW9kdWxlKSA9PiAoeyAuLi5hcGlJdGVtKG1vZHVsZSksIGNvbGxhcHNlZDogbW9kdWxlLnRpdGxlLnNwbGl0KCcvJykubGVuZ3RoID4gMiB9KSk7XG4gIGNvbnN0IG90aGVycyA9IGFwaS5maWx0ZXIoKG1vZHVsZSkgPT4gIWlzT3duKG1vZHVsZSkpLm1hcCgoeyB0aXRsZSwgcGF0aCB9KSA9PiBhcGlJdGVtKHsgdGl0bGUsIHBhdGggfSkpO1xuICByZXR1cm4gWy4uLm93biwgeyB0ZXh0OiBvd24ubGVuZ3RoID4gMCA/ICdPdGhlciBtb2R1bGVzJyA6ICdNb2R1bGVzJywgaXRlbXM6IG90aGVycyB9XTtcbn07XG5cbmNvbnN0IEFQSV9NRU5VUyA9IE9iamVjdC5mcm9tRW50cmllcyhbXG4gIC4uLlBBQ0tBR0VTLm1hcCgobmFtZSkgPT4gW2AvJHtBUEkuYWRkcmVzc30vJHtuYW1lfS9gLCBhcGlNZW51T2YobmFtZSldKSxcbiAgW2AvJHtBUEkuYWRkcmVzc30vYCwgYXBpTWVudU9mKCcnKV0sXG5dKTtcblxuZXhwb3J0IGRlZmF1bHQgZGVmaW5lQ29uZmlnKHtcbiAgbGFuZzogJ2VuJyxcbiAgdGl0bGU6ICdXaXJlcGFjdCcsXG4gIGRlc2NyaXB0aW9uOiAnU29ja2V0LklPIGV2ZW50cyBhcyBhIHZlcnNpb25lZCwgdHlwZWQsIHJ1bi10aW1lLWNoZWNrZWQgY29udHJhY3QuJyxcbiAgaGVhZDogW1snbGluaycsIHsgcmVsOiAnaWNvbicsIGhyZWY6IGBkYXRhOmltYWdlL3N2Zyt4bWwsJHtlbmNvZGVVUklDb21wb25lbnQoTUFSSyl9YCB9XV0sXG4gIHNyY0RpcjogJy4uLy4uJyxcbiAgYmFzZTogQkFTRSxcbiAgb3V0RGlyOiBqb2luKERJU1QsIEJBU0UpLFxuICBjYWNoZURpcjogJ25vZGVfbW9kdWxlcy8uY2FjaGUnLFxuICBzcmNFeGNsdWRlOiBsaXN0T3RoZXJNYXJrZG93bigpLFxuICByZXdyaXRlczogeyAuLi5QQUdFUywgW2Ake0FQSS5mb2xkZXJ9LzpwYXRoKC4qKWBdOiBgJHtBUEkuYWRkcmVzc30vOnBhdGhgIH0sXG4gIGNsZWFuVXJsczogdHJ1ZSxcbiAgLy8gVGhlIG1lbnVzIG9mIHRoZSBBUEkgYXJlIGxvbmc6IHBhZ2VzIGxvYWQgdGhlbSBvbmNlLlxuICBtZXRhQ2h1bms6IHRydWUsXG4gIHZpdGU6IHsgcHVibGljRGlyOiBqb2luKFJPT1QsICdkb2NzL2ltYWdlcycpLCBwbHVnaW5zOiBbVlVFX0ZST01fSEVSRV0gfSxcbiAgbWFya2Rvd246IHtcbiAgICBjb25maWcobWQpIHtcbiAgICAgIGNvbnN0IHsgbGlua19vcGVuOiBiZWZvcmUgfSA9IG1kLnJlbmRlcmVyLnJ1bGVzO1xuICAgICAgbWQucmVuZGVyZXIucnVsZXMubGlua19vcGVuID0gKHRva2VucywgaW5kZXgsIG9wdGlvbnMsIGVudiwgc2VsZikgPT4ge1xuICAgICAgICBjb25zdCB0b2tlbiA9IHRva2Vuc1tpbmRleF07XG4gICAgICAgIGNvbnN0IGxpbmsgPSB0b2tlbj8uYXR0ckdldCgnaHJlZicpO1xuICAgICAgICBpZiAobGluaykgdG9rZW4/LmF0dHJTZXQoJ2hyZWYnLCBsaW5rRnJvbShyZWxhdGl2ZShST09ULCBlbnYucmVhbFBhdGggPz8gZW52LnBhdGgpLCBsaW5rKSk7XG4gICAgICAgIHJldHVybiBiZWZvcmUgPyBiZWZvcmUodG9rZW5zLCBpbmRleCwgb3B0aW9ucywgZW52LCBzZWxmKSA6IHNlbGYucmVuZGVyVG9rZW4odG9rZW5zLCBpbmRleCwgb3B0aW9ucyk7XG4gICAgICB9O1xuICAgIH0sXG4gIH0sXG4gIHRyYW5zZm9ybVBhZ2VEYXRhOiAoeyByZWxhdGl2ZVBhdGggfSkgPT5cbiAgICByZWxhdGl2ZVBhdGguc3RhcnRzV2l0aChgJHtBUEkuYWRkcmVzc30vYCkgPyB7IGZyb250bWF0dGVyOiB7IHBhZ2VDbGFzczogJ2FwaScgfSB9IDogdW5kZWZpbmVkLFxuICBidWlsZEVuZCgpIHtcbiAgICAvLyBUaGUgc2l0ZSdzIGFkZHJlc3MgbGVhZHMgdG8gdGhlIG5ld2VzdCByZWxlYXNlLlxuICAgIHdyaXRlRmlsZVN5bmMoam9pbihESVNULCAnaW5kZXguaHRtbCcpLCBgPG1ldGEgaHR0cC1lcXVpdj1cInJlZnJlc2hcIiBjb250ZW50PVwiMDsgdXJsPS4ke0JBU0V9XCI+XFxuYCk7XG4gICAgY2hlY2tMaW5rcyhESVNUKTtcbiAgfSxcbiAgdGhlbWVDb25maWc6IHtcbiAgICBuYXY6IFtcbiAgICAgIHsgdGV4dDogJ0d1aWRlJywgbGluazogYWRkcmVzc09mKCdSRUFETUUubWQnKSwgYWN0aXZlTWF0Y2g6ICcvZ3VpZGUvJyB9LFxuICAgICAge1xuICAgICAgICB0ZXh0OiAnUmVmZXJlbmNlJyxcbiAgICAgICAgbGluazogYWRkcmVzc09mKCdwYWNrYWdlcy9wcm90b2NvbC9zcmMvZ2VuZXJhdGVkL3JlZmVyZW5jZS5tZCcpLFxuICAgICAgICBhY3RpdmVNYXRjaDogJy9yZWZlcmVuY2UvKD8hYXBpLyknLFxuICAgICAgfSxcbiAgICAgIHsgdGV4dDogJ0FQSScsIGxpbms6IGAvJHtBUEkuYWRkcmVzc30vYCwgYWN0aXZlTWF0Y2g6IGAvJHtBUEkuYWRkcmVzc30vYCB9LFxuICAgICAge1xuICAgICAgICB0ZXh0OiBgUHJvdG9jb2wgJHtQUk9UT0NPTH1gLFxuICAgICAgICBpdGVtczogW1xuICAgICAgICAgIHtcbiAgICAgICAgICAgIHRleHQ6IGBUaGVzZSBwYWdlczogcHJvdG9jb2wgJHtQUk9UT0NPTH0sIHBhY2thZ2VzICR7UkVMRUFTRX1gLFxuICAgICAgICAgICAgbGluazogYWRkcmVzc09mKFZFUlNJT05TX1BBR0UpLFxuICAgICAgICAgIH0sXG4gICAgICAgICAge1xuICAgICAgICAgICAgdGV4dDogJ1doaWNoIHZlcnNpb25zIHVuZGVyc3RhbmQgZWFjaCBvdGhlcicsXG4gICAgICAgICAgICBsaW5rOiBgJHthZGRyZXNzT2YoJ3BhY2thZ2VzL3Byb3RvY29sL1NQRUMubWQnKX0jdmVyc2lvbnNgLFxuICAgICAgICAgIH0sXG4gICAgICAgICAgeyB0ZXh0OiAnV2hhdCBoYXMgY2hhbmdlZCcsIGxpbms6IGAke2FkZHJlc3NPZihWRVJTSU9OU19QQUdFKX0jdGhlLXBhY2thZ2VzYCB9LFxuICAgICAgICBdLFxuICAgICAgfSxcbiAgICBdLFxuICAgIHNpZGViYXI6IHsgLi4uQVBJX01FTlVTLCAnLyc6IE1FTlUgfSxcbiAgICBvdXRsaW5lOiB7IGxldmVsOiBbMiwgM10gfSxcbiAgICBzZWFyY2g6IHsgcHJvdmlkZXI6ICdsb2NhbCcgfSxcbiAgICBzb2NpYWxMaW5rczogW3sgaWNvbjogJ2dpdGh1YicsIGxpbms6IFJFUE9TSVRPUlkgfV0sXG4gIH0sXG59KTtcbiIsICJjb25zdCBfX3ZpdGVfaW5qZWN0ZWRfb3JpZ2luYWxfZGlybmFtZSA9IFwiL3RtcC90cmVlcy9zaXRlL2FwcHMvZG9jc1wiO2NvbnN0IF9fdml0ZV9pbmplY3RlZF9vcmlnaW5hbF9maWxlbmFtZSA9IFwiL3RtcC90cmVlcy9zaXRlL2FwcHMvZG9jcy9hcGkudHNcIjtjb25zdCBfX3ZpdGVfaW5qZWN0ZWRfb3JpZ2luYWxfaW1wb3J0X21ldGFfdXJsID0gXCJmaWxlOi8vL3RtcC90cmVlcy9zaXRlL2FwcHMvZG9jcy9hcGkudHNcIjtpbXBvcnQgeyByZWFkRmlsZVN5bmMsIHJtU3luYyB9IGZyb20gJ25vZGU6ZnMnO1xuaW1wb3J0IHsgam9pbiwgcmVsYXRpdmUgfSBmcm9tICdub2RlOnBhdGgnO1xuaW1wb3J0IHsgQXBwbGljYXRpb24sIFJlZmVyZW5jZVR5cGUsIHR5cGUgUmVmbGVjdGlvbiwgUmVmbGVjdGlvbktpbmQsIHR5cGUgVHlwZURvY09wdGlvbnMgfSBmcm9tICd0eXBlZG9jJztcbmltcG9ydCB0eXBlIHsgTmF2aWdhdGlvbkl0ZW0sIFBsdWdpbk9wdGlvbnMgfSBmcm9tICd0eXBlZG9jLXBsdWdpbi1tYXJrZG93bic7XG5pbXBvcnQgeyBBUEksIFBBQ0tBR0VTLCBST09UIH0gZnJvbSAnLi9wYWdlcyc7XG5cbmNvbnN0IFNPVVJDRSA9ICdAd2lyZXBhY3Qvc291cmNlJztcblxuLyoqIFRoZSBtb2R1bGVzIG9mIHRoZSBwdWJsaXNoZWQgcGFja2FnZXM6IHdoYXQgdGhleSBhcmUgaW1wb3J0ZWQgYXMsIGJ5IHRoZWlyIHNvdXJjZXMuICovXG5mdW5jdGlvbiBsaXN0TW9kdWxlcygpOiBSZWFkb25seU1hcDxzdHJpbmcsIHN0cmluZz4ge1xuICBjb25zdCBtb2R1bGVzID0gUEFDS0FHRVMuZmxhdE1hcCgobmFtZSkgPT4ge1xuICAgIGNvbnN0IGZvbGRlciA9IGpvaW4oUk9PVCwgJ3BhY2thZ2VzJywgbmFtZSk7XG4gICAgY29uc3QgeyBleHBvcnRzIH0gPSBKU09OLnBhcnNlKHJlYWRGaWxlU3luYyhqb2luKGZvbGRlciwgJ3BhY2thZ2UuanNvbicpLCAndXRmOCcpKTtcbiAgICByZXR1cm4gT2JqZWN0LmVudHJpZXM8eyByZWFkb25seSBbU09VUkNFXT86IHN0cmluZyB9PihleHBvcnRzKS5mbGF0TWFwKChbcGF0aCwgeyBbU09VUkNFXTogc291cmNlIH1dKSA9PlxuICAgICAgc291cmNlID8gW1tqb2luKGZvbGRlciwgc291cmNlKSwgYEB3aXJlcGFjdC8ke25hbWV9JHtwYXRoLnNsaWNlKDEpfWBdIGFzIGNvbnN0XSA6IFtdLFxuICAgICk7XG4gIH0pO1xuICByZXR1cm4gbmV3IE1hcChtb2R1bGVzKTtcbn1cblxuLyoqIFdoYXQgVHlwZURvYyBjYWxscyBhIG1vZHVsZTogdGhlIHBhdGggb2YgaXRzIHNvdXJjZSwgYmVsb3cgd2hhdCBhbGwgaGF2ZSBpbiBjb21tb24uICovXG5jb25zdCByYXdOYW1lT2YgPSAoZmlsZTogc3RyaW5nKSA9PiByZWxhdGl2ZShqb2luKFJPT1QsICdwYWNrYWdlcycpLCBmaWxlKS5yZXBsYWNlKC8oXFwvaW5kZXgpP1xcLnRzJC8sICcnKTtcblxuLyoqXG4gKiBMZWF2ZXMgb3V0IHdoYXQgYSByZWFkZXIgZG9lcyBub3QgbmVlZDogd2hlcmUgYSBtZW1iZXIgd2FzIGluaGVyaXRlZCBmcm9tLCB0eXBlIGFyZ3VtZW50cyBvZiBjb25zdHJhaW50cywgd2hpY2ggYXJlIHRoZVxuICogZGVmYXVsdHMsIGFuZCB0aG9zZSBvZiBhIGNvbnN0YW50IHRoYXQgYXJlIHdob2xlIGRlY2xhcmF0aW9ucywgaW5mZXJyZWQgZnJvbSBpdHMgdmFsdWUuXG4gKi9cbmZ1bmN0aW9uIHNpbXBsaWZ5KHJlZmxlY3Rpb246IFJlZmxlY3Rpb24pOiB2b2lkIHtcbiAgaWYgKHJlZmxlY3Rpb24uaXNEZWNsYXJhdGlvbigpIHx8IHJlZmxlY3Rpb24uaXNTaWduYXR1cmUoKSkge1xuICAgIHJlZmxlY3Rpb24uaW5oZXJpdGVkRnJvbSA9IHVuZGVmaW5lZDtcbiAgICByZWZsZWN0aW9uLm92ZXJ3cml0ZXMgPSB1bmRlZmluZWQ7XG4gIH1cbiAgY29uc3QgaXNDb25zdHJhaW50ID0gcmVmbGVjdGlvbi5pc1R5cGVQYXJhbWV0ZXIoKSAmJiByZWZsZWN0aW9uLnBhcmVudD8uaXNTaWduYXR1cmUoKTtcbiAgY29uc3QgaXNDb25zdGFudCA9IHJlZmxlY3Rpb24uaXNEZWNsYXJhdGlvbigpICYmIHJlZmxlY3Rpb24ua2luZE9mKFJlZmxlY3Rpb25LaW5kLlZhcmlhYmxlKTtcbiAgaWYgKCFpc0NvbnN0cmFpbnQgJiYgIWlzQ29uc3RhbnQpIHJldHVybjtcbiAgY29uc3QgeyB0eXBlIH0gPSByZWZsZWN0aW9uO1xuICBpZiAoISh0eXBlIGluc3RhbmNlb2YgUmVmZXJlbmNlVHlwZSkgfHwgIXR5cGUucGFja2FnZT8uc3RhcnRzV2l0aCgnQHdpcmVwYWN0LycpKSByZXR1cm47XG4gIGlmIChpc0NvbnN0cmFpbnQgfHwgdHlwZS50eXBlQXJndW1lbnRzPy5zb21lKChhcmd1bWVudCkgPT4gYXJndW1lbnQudHlwZSA9PT0gJ3JlZmxlY3Rpb24nKSlcbiAgICB0eXBlLnR5cGVBcmd1bWVudHMgPSB1bmRlZmluZWQ7XG59XG5cbmNvbnN0IE9VVCA9IGpvaW4oUk9PVCwgQVBJLmZvbGRlcik7XG5jb25zdCBOQVZJR0FUSU9OID0gam9pbihPVVQsICduYXZpZ2F0aW9uLmpzb24nKTtcblxuY29uc3QgT1BUSU9OUzogUGFydGlhbDxUeXBlRG9jT3B0aW9ucyAmIFBsdWdpbk9wdGlvbnM+ID0ge1xuICBuYW1lOiAnQVBJJyxcbiAgdHNjb25maWc6IGpvaW4oUk9PVCwgJ2FwcHMvZG9jcy90c2NvbmZpZy5hcGkuanNvbicpLFxuICAvLyBUaGUgdHlwZXMgYXJlIGNoZWNrZWQgd2hlcmUgdGhlIHBhY2thZ2VzIGFyZS5cbiAgc2tpcEVycm9yQ2hlY2tpbmc6IHRydWUsXG4gIHBsdWdpbjogWyd0eXBlZG9jLXBsdWdpbi1tYXJrZG93biddLFxuICBsb2dMZXZlbDogJ1dhcm4nLFxuICBvdXQ6IE9VVCxcbiAgcmVhZG1lOiAnbm9uZScsXG4gIGRpc2FibGVTb3VyY2VzOiB0cnVlLFxuICBleGNsdWRlRXh0ZXJuYWxzOiB0cnVlLFxuICBleGNsdWRlSW50ZXJuYWw6IHRydWUsXG4gIGVudHJ5RmlsZU5hbWU6ICdpbmRleCcsXG4gIGV4Y2x1ZGVTY29wZXNJblBhdGhzOiB0cnVlLFxuICBuYXZpZ2F0aW9uOiB7IGluY2x1ZGVHcm91cHM6IHRydWUsIGluY2x1ZGVDYXRlZ29yaWVzOiBmYWxzZSwgaW5jbHVkZUZvbGRlcnM6IGZhbHNlIH0sXG4gIGdyb3VwT3JkZXI6IFtcbiAgICAnRnVuY3Rpb25zJyxcbiAgICAnQ2xhc3NlcycsXG4gICAgJ0ludGVyZmFjZXMnLFxuICAgICdUeXBlIEFsaWFzZXMnLFxuICAgICdWYXJpYWJsZXMnLFxuICAgICdDb25zdHJ1Y3RvcnMnLFxuICAgICdQcm9wZXJ0aWVzJyxcbiAgICAnKicsXG4gIF0sXG4gIG5hdmlnYXRpb25Kc29uOiBOQVZJR0FUSU9OLFxuICBoaWRlUGFnZUhlYWRlcjogdHJ1ZSxcbiAgdXNlQ29kZUJsb2NrczogdHJ1ZSxcbiAgdXNlSFRNTEVuY29kZWRCcmFja2V0czogdHJ1ZSxcbiAgZXhwYW5kT2JqZWN0czogdHJ1ZSxcbiAgcGFyYW1ldGVyc0Zvcm1hdDogJ3RhYmxlJyxcbiAgaW5kZXhGb3JtYXQ6ICd0YWJsZScsXG4gIHBhZ2VUaXRsZVRlbXBsYXRlczoge1xuICAgIGluZGV4OiAne3Byb2plY3ROYW1lfScsXG4gICAgbW9kdWxlOiAne25hbWV9JyxcbiAgICBtZW1iZXI6ICh7IHJhd05hbWUgfSkgPT4gcmF3TmFtZS5yZXBsYWNlKC9bPChdLiovcywgJycpLFxuICB9LFxuICBzYW5pdGl6ZUNvbW1lbnRzOiB0cnVlLFxufTtcblxuLyoqXG4gKiBXcml0ZXMgdGhlIHJlZmVyZW5jZSBvZiBldmVyeSBtb2R1bGUsIGZyb20gaXRzIGRvY3N0cmluZ3M6IGEgcGFnZSBlYWNoIGZvciB3aGF0IGl0IGV4cG9ydHMuXG4gKiBAcmV0dXJucyB3aGF0IGEgbWVudSBsaXN0cywgbW9kdWxlIGJ5IG1vZHVsZVxuICogQHRocm93cyBhbiBFcnJvciB3aGVyZSBhIGRvY3N0cmluZyBsaW5rcyB0byB3aGF0IGlzIG5vdCB0aGVyZTsgd2hpY2ggaXMgcHJpbnRlZFxuICovXG5leHBvcnQgYXN5bmMgZnVuY3Rpb24gd3JpdGVBcGkoKTogUHJvbWlzZTxyZWFkb25seSBOYXZpZ2F0aW9uSXRlbVtdPiB7XG4gIGNvbnN0IG1vZHVsZXMgPSBsaXN0TW9kdWxlcygpO1xuICBjb25zdCBhcHAgPSBhd2FpdCBBcHBsaWNhdGlvbi5ib290c3RyYXBXaXRoUGx1Z2lucyh7IC4uLk9QVElPTlMsIGVudHJ5UG9pbnRzOiBbLi4ubW9kdWxlcy5rZXlzKCldIH0pO1xuICBjb25zdCBwcm9qZWN0ID0gYXdhaXQgYXBwLmNvbnZlcnQoKTtcbiAgaWYgKCFwcm9qZWN0KSB0aHJvdyBuZXcgRXJyb3IoJ1RoZSBzb3VyY2VzIG9mIHRoZSBwYWNrYWdlcyBjb3VsZCBub3QgYmUgcmVhZC4nKTtcbiAgY29uc3QgbmFtZXMgPSBuZXcgTWFwKFsuLi5tb2R1bGVzXS5tYXAoKFtmaWxlLCBuYW1lXSkgPT4gW3Jhd05hbWVPZihmaWxlKSwgbmFtZV0pKTtcbiAgZm9yIChjb25zdCBtb2R1bGUgb2YgcHJvamVjdC5jaGlsZHJlbiA/PyBbXSkgbW9kdWxlLm5hbWUgPSBuYW1lcy5nZXQobW9kdWxlLm5hbWUpID8/IG1vZHVsZS5uYW1lO1xuICBmb3IgKGNvbnN0IHJlZmxlY3Rpb24gb2YgT2JqZWN0LnZhbHVlcyhwcm9qZWN0LnJlZmxlY3Rpb25zKSkgc2ltcGxpZnkocmVmbGVjdGlvbik7XG4gIGFwcC52YWxpZGF0ZShwcm9qZWN0KTtcbiAgcm1TeW5jKE9VVCwgeyByZWN1cnNpdmU6IHRydWUsIGZvcmNlOiB0cnVlIH0pO1xuICBhd2FpdCBhcHAub3V0cHV0cy53cml0ZU91dHB1dHMocHJvamVjdCk7XG4gIGlmIChhcHAubG9nZ2VyLmhhc1dhcm5pbmdzKCkgfHwgYXBwLmxvZ2dlci5oYXNFcnJvcnMoKSlcbiAgICB0aHJvdyBuZXcgRXJyb3IoJ0RvY3N0cmluZ3MgaGF2ZSB0byBiZSBtZW5kZWQsIHNlZSBhYm92ZS4nKTtcbiAgcmV0dXJuIEpTT04ucGFyc2UocmVhZEZpbGVTeW5jKE5BVklHQVRJT04sICd1dGY4JykpO1xufVxuIiwgImNvbnN0IF9fdml0ZV9pbmplY3RlZF9vcmlnaW5hbF9kaXJuYW1lID0gXCIvdG1wL3RyZWVzL3NpdGUvYXBwcy9kb2NzXCI7Y29uc3QgX192aXRlX2luamVjdGVkX29yaWdpbmFsX2ZpbGVuYW1lID0gXCIvdG1wL3RyZWVzL3NpdGUvYXBwcy9kb2NzL3BhZ2VzLnRzXCI7Y29uc3QgX192aXRlX2luamVjdGVkX29yaWdpbmFsX2ltcG9ydF9tZXRhX3VybCA9IFwiZmlsZTovLy90bXAvdHJlZXMvc2l0ZS9hcHBzL2RvY3MvcGFnZXMudHNcIjtpbXBvcnQgeyBleGlzdHNTeW5jLCByZWFkZGlyU3luYywgcmVhZEZpbGVTeW5jIH0gZnJvbSAnbm9kZTpmcyc7XG5pbXBvcnQgeyBkaXJuYW1lLCBqb2luLCBwb3NpeCB9IGZyb20gJ25vZGU6cGF0aCc7XG5pbXBvcnQgeyBmaWxlVVJMVG9QYXRoIH0gZnJvbSAnbm9kZTp1cmwnO1xuXG4vKiogVGhlIGZvbGRlciBvZiB0aGUgcmVwb3NpdG9yeSwgaW4gd2hpY2ggYWxsIHBhZ2VzIGFyZS4gKi9cbmV4cG9ydCBjb25zdCBST09UID0gZmlsZVVSTFRvUGF0aChuZXcgVVJMKCcuLi8uLi8nLCBpbXBvcnQubWV0YS51cmwpKTtcblxuLyoqIFdoZXJlIHdoYXQgaXMgaW4gdGhlIHJlcG9zaXRvcnkgYW5kIG5vIHBhZ2UgaXMgZm91bmQuICovXG5leHBvcnQgY29uc3QgUkVQT1NJVE9SWSA9ICdodHRwczovL2dpdGh1Yi5jb20vd2lyZXBhY3Qvd2lyZXBhY3QnO1xuXG4vKiogVGhlIHB1Ymxpc2hlZCBwYWNrYWdlcywgaW4gdGhlIG9yZGVyIGluIHdoaWNoIHRoZXkgYnVpbGQgb24gZWFjaCBvdGhlci4gKi9cbmV4cG9ydCBjb25zdCBQQUNLQUdFUyA9IFsnY29udHJhY3QnLCAncHJvdG9jb2wnLCAnc2VydmVyJywgJ2NsaWVudCcsICdjbGknLCAnY29uZm9ybWFuY2UnXTtcblxuLyoqIFBhZ2VzIHRoYXQgYXJlIG1hZGUgZnJvbSBkb2NzdHJpbmdzOiB3aGVyZSB0aGVpciBNYXJrZG93biBpcyB3cml0dGVuLCBhbmQgdGhlaXIgYWRkcmVzcy4gKi9cbmV4cG9ydCBjb25zdCBBUEkgPSB7IGZvbGRlcjogJ2FwcHMvZG9jcy9nZW5lcmF0ZWQvYXBpJywgYWRkcmVzczogJ3JlZmVyZW5jZS9hcGknIH07XG5cbi8qKiBUaGUgcGFnZSBvZiB2ZXJzaW9ucywgd2hpY2ggaXMgbWFkZSBmcm9tIHdoYXQgdGhlIHJlcG9zaXRvcnkgaGFzIG9mIHRoZW0uICovXG5leHBvcnQgY29uc3QgVkVSU0lPTlNfUEFHRSA9ICdhcHBzL2RvY3MvZ2VuZXJhdGVkL3ZlcnNpb25zLm1kJztcblxuLyoqIEEgcGFnZTogdGhlIGZpbGUgaXQgaXMgbWFkZSBmcm9tLCBpdHMgYWRkcmVzcywgYW5kIHdoYXQgdGhlIG1lbnUgY2FsbHMgaXQgd2hlcmUgdGhhdCBpcyBub3QgaXRzIGhlYWRpbmcuICovXG50eXBlIFBhZ2UgPSByZWFkb25seSBbZmlsZTogc3RyaW5nLCBhZGRyZXNzOiBzdHJpbmcsIG5hbWU/OiBzdHJpbmddO1xuXG5jb25zdCBndWlkZSA9IChuYW1lOiBzdHJpbmcpOiBQYWdlID0+IFtgZG9jcy8ke25hbWV9Lm1kYCwgYGd1aWRlLyR7bmFtZX1gXTtcblxuY29uc3QgUExBQ0VEOiByZWFkb25seSAocmVhZG9ubHkgW3NlY3Rpb246IHN0cmluZywgcGFnZXM6IHJlYWRvbmx5IFBhZ2VbXV0pW10gPSBbXG4gIFsnQmVnaW4nLCBbWydSRUFETUUubWQnLCAnZ3VpZGUvc3RhcnQnLCAnR2V0dGluZyBzdGFydGVkJ11dXSxcbiAgWydUaGUgY2hhdCcsIFsnY2xpZW50cycsICdyZWFjdCcsICdwcmVzZW5jZScsICdkZWxpdmVyeScsICdlbGl6YW9zJ10ubWFwKGd1aWRlKV0sXG4gIFsnVGhlIHNlcnZlcicsIFsnZW1iZWRkaW5nJywgJ3NlY3VyaXR5JywgJ3NjYWxpbmcnLCAnb3BlcmF0aW9uJywgJ2NvbmZvcm1hbmNlJ10ubWFwKGd1aWRlKV0sXG4gIFsnQWdlbnRzJywgWydhZ2VudHMnLCAnYWdlbnQtYWRhcHRlcnMnXS5tYXAoZ3VpZGUpXSxcbiAgW1xuICAgICdBIGNvbnRyYWN0IG9mIHlvdXIgb3duJyxcbiAgICBbXG4gICAgICAuLi5bJ3lvdXItb3duLWNvbnRyYWN0JywgJ3NlcnZpbmctYS1jb250cmFjdCcsICdjYWxsaW5nLWEtY29udHJhY3QnXS5tYXAoZ3VpZGUpLFxuICAgICAgLi4uWydkdXJhYmxlLXJvb21zJywgJ2FkZGluZy1hbi1ldmVudCddLm1hcChndWlkZSksXG4gICAgXSxcbiAgXSxcbiAgW1xuICAgICdSZWZlcmVuY2UnLFxuICAgIFtcbiAgICAgIFsncGFja2FnZXMvcHJvdG9jb2wvc3JjL2dlbmVyYXRlZC9yZWZlcmVuY2UubWQnLCAncmVmZXJlbmNlL2NoYXQtZXZlbnRzJywgJ0V2ZW50cyBvZiB0aGUgY2hhdCddLFxuICAgICAgWydwYWNrYWdlcy9wcm90b2NvbC9TUEVDLm1kJywgJ3JlZmVyZW5jZS9jaGF0LXJ1bGVzJywgJ1J1bGVzIG9mIHRoZSBjaGF0J10sXG4gICAgICBbJ3BhY2thZ2VzL2NvbnRyYWN0L1NQRUMubWQnLCAncmVmZXJlbmNlL3Nlc3Npb24tcnVsZXMnLCAnUnVsZXMgb2YgYW55IGNvbnRyYWN0J10sXG4gICAgICBbVkVSU0lPTlNfUEFHRSwgJ3JlZmVyZW5jZS92ZXJzaW9ucycsICdWZXJzaW9ucyddLFxuICAgICAgLi4uUEFDS0FHRVMubWFwKChuYW1lKTogUGFnZSA9PiBbYHBhY2thZ2VzLyR7bmFtZX0vUkVBRE1FLm1kYCwgYHJlZmVyZW5jZS8ke25hbWV9YF0pLFxuICAgIF0sXG4gIF0sXG4gIFtcbiAgICAnVGhlIHByb2plY3QnLFxuICAgIFtcbiAgICAgIFsnQ09OVFJJQlVUSU5HLm1kJywgJ3Byb2plY3QvY29udHJpYnV0aW5nJ10sXG4gICAgICBbJ2RvY3MvZGVjaXNpb25zLm1kJywgJ3Byb2plY3QvZGVjaXNpb25zJ10sXG4gICAgICBbJ2JlbmNoL1JFQURNRS5tZCcsICdwcm9qZWN0L21lYXN1cmVtZW50cyddLFxuICAgICAgLi4uUEFDS0FHRVMuZmlsdGVyKChuYW1lKSA9PiBleGlzdHNTeW5jKGpvaW4oUk9PVCwgYHBhY2thZ2VzLyR7bmFtZX0vQ0hBTkdFTE9HLm1kYCkpKS5tYXAoXG4gICAgICAgIChuYW1lKTogUGFnZSA9PiBbYHBhY2thZ2VzLyR7bmFtZX0vQ0hBTkdFTE9HLm1kYCwgYHByb2plY3QvY2hhbmdlcy0ke25hbWV9YCwgYENoYW5nZXMgb2YgJHtuYW1lfWBdLFxuICAgICAgKSxcbiAgICAgIFsnYmVuY2gvUkVTVUxUUy5tZCcsICdwcm9qZWN0L2ZpZ3VyZXMnLCAnRmlndXJlcyBvZiB0aGUgbGFzdCBydW4nXSxcbiAgICBdLFxuICBdLFxuXTtcblxuY29uc3QgcGxhY2VkRmlsZXMgPSBuZXcgU2V0KFBMQUNFRC5mbGF0TWFwKChbLCBwYWdlc10pID0+IHBhZ2VzLm1hcCgoW2ZpbGVdKSA9PiBmaWxlKSkpO1xuLyoqIERvY3VtZW50cyB0aGF0IHdlcmUgZ2l2ZW4gbm8gcGxhY2UgYXJlIHBhZ2VzIGFsbCB0aGUgc2FtZS4gKi9cbmNvbnN0IG90aGVycyA9IHJlYWRkaXJTeW5jKGpvaW4oUk9PVCwgJ2RvY3MnKSlcbiAgLmZpbHRlcigobmFtZSkgPT4gbmFtZS5lbmRzV2l0aCgnLm1kJykgJiYgIXBsYWNlZEZpbGVzLmhhcyhgZG9jcy8ke25hbWV9YCkpXG4gIC5tYXAoKG5hbWUpID0+IGd1aWRlKG5hbWUucmVwbGFjZSgvXFwubWQkLywgJycpKSk7XG5cbi8qKiBXaGF0IHRoZSBtZW51IGxpc3RzLiAqL1xuZXhwb3J0IGNvbnN0IFNFQ1RJT05TID0gb3RoZXJzLmxlbmd0aCA+IDAgPyBbLi4uUExBQ0VELCBbJ01vcmUnLCBvdGhlcnNdIGFzIGNvbnN0XSA6IFBMQUNFRDtcblxuY29uc3QgTEFORElORzogUGFnZSA9IFsnYXBwcy9kb2NzL2luZGV4Lm1kJywgJ2luZGV4J107XG5cbi8qKiBUaGUgcGFnZXMgb2YgdGhlIHNpdGUsIGJ5IHRoZSBmaWxlcyB0aGV5IGFyZSBtYWRlIGZyb20uICovXG5leHBvcnQgY29uc3QgUEFHRVM6IFJlYWRvbmx5PFJlY29yZDxzdHJpbmcsIHN0cmluZz4+ID0gT2JqZWN0LmZyb21FbnRyaWVzKFxuICBbTEFORElORywgLi4uU0VDVElPTlMuZmxhdE1hcCgoWywgcGFnZXNdKSA9PiBwYWdlcyldLm1hcCgoW2ZpbGUsIGFkZHJlc3NdKSA9PiBbZmlsZSwgYCR7YWRkcmVzc30ubWRgXSksXG4pO1xuXG5jb25zdCBOT1RfTE9PS0VEX0lOVE8gPSBuZXcgU2V0KFsnbm9kZV9tb2R1bGVzJywgJ2Rpc3QnLCAnLmdpdCcsICcudHVyYm8nLCAndGVzdC1yZXN1bHRzJywgQVBJLmZvbGRlcl0pO1xuXG4vKiogVGhlIE1hcmtkb3duIG9mIHRoZSByZXBvc2l0b3J5IHRoYXQgaXMgbm8gcGFnZS4gKi9cbmV4cG9ydCBjb25zdCBsaXN0T3RoZXJNYXJrZG93biA9IChmb2xkZXIgPSAnJyk6IHN0cmluZ1tdID0+XG4gIHJlYWRkaXJTeW5jKGpvaW4oUk9PVCwgZm9sZGVyKSwgeyB3aXRoRmlsZVR5cGVzOiB0cnVlIH0pLmZsYXRNYXAoKGVudHJ5KSA9PiB7XG4gICAgY29uc3QgcGF0aCA9IHBvc2l4LmpvaW4oZm9sZGVyLCBlbnRyeS5uYW1lKTtcbiAgICBpZiAoZW50cnkuaXNEaXJlY3RvcnkoKSkge1xuICAgICAgcmV0dXJuIE5PVF9MT09LRURfSU5UTy5oYXMoZW50cnkubmFtZSkgfHwgTk9UX0xPT0tFRF9JTlRPLmhhcyhwYXRoKSA/IFtdIDogbGlzdE90aGVyTWFya2Rvd24ocGF0aCk7XG4gICAgfVxuICAgIHJldHVybiBwYXRoLmVuZHNXaXRoKCcubWQnKSAmJiAhT2JqZWN0Lmhhc093bihQQUdFUywgcGF0aCkgPyBbcGF0aF0gOiBbXTtcbiAgfSk7XG5cbi8qKiBUaGUgZmlyc3QgaGVhZGluZyBvZiBhIGZpbGUuICovXG5leHBvcnQgY29uc3QgdGl0bGVPZiA9IChmaWxlOiBzdHJpbmcpOiBzdHJpbmcgPT5cbiAgL14jICguKykkL20uZXhlYyhyZWFkRmlsZVN5bmMoam9pbihST09ULCBmaWxlKSwgJ3V0ZjgnKSk/LlsxXT8ucmVwbGFjZUFsbCgnYCcsICcnKSA/PyBmaWxlO1xuXG4vKipcbiAqIEEgbGluayBvZiBhIGZpbGUgYXMgdGhlIHNpdGUgaGFzIGl0OiB3aGF0IGlzIGluIHRoZSByZXBvc2l0b3J5IGFuZCBubyBwYWdlIGlzIGZvdW5kIHRoZXJlLiBBIGxpbmsgdGhhdCBsZWFkcyBub3doZXJlXG4gKiBzdGF5cyBhcyBpdCBpcywgYW5kIGZhaWxzIHRoZSBidWlsZC5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGxpbmtGcm9tKGZpbGU6IHN0cmluZywgbGluazogc3RyaW5nKTogc3RyaW5nIHtcbiAgaWYgKC9eKFxcdys6fCN8XFwvKS8udGVzdChsaW5rKSkgcmV0dXJuIGxpbms7XG4gIGNvbnN0IFtwYXRoID0gJycsIGZyYWdtZW50XSA9IGxpbmsuc3BsaXQoJyMnKTtcbiAgY29uc3QgdGFyZ2V0ID0gcG9zaXguam9pbihkaXJuYW1lKGZpbGUpLCBwYXRoKS5yZXBsYWNlKC9cXC8kLywgJycpO1xuICBjb25zdCBpc0FwaSA9IHRhcmdldC5zdGFydHNXaXRoKGAke0FQSS5mb2xkZXJ9L2ApO1xuICBjb25zdCBwYWdlID0gaXNBcGlcbiAgICA/IHRhcmdldC5yZXBsYWNlKEFQSS5mb2xkZXIsIEFQSS5hZGRyZXNzKVxuICAgIDogKFBBR0VTW3RhcmdldF0gPz8gUEFHRVNbYCR7dGFyZ2V0fS9SRUFETUUubWRgXSk7XG4gIGlmIChwYWdlKSByZXR1cm4gYC8ke3BhZ2V9JHtmcmFnbWVudCA/IGAjJHtmcmFnbWVudH1gIDogJyd9YDtcbiAgcmV0dXJuIGV4aXN0c1N5bmMoam9pbihST09ULCB0YXJnZXQpKSA/IGAke1JFUE9TSVRPUll9L3RyZWUvbWFpbi8ke3RhcmdldH1gIDogbGluaztcbn1cbiIsICJjb25zdCBfX3ZpdGVfaW5qZWN0ZWRfb3JpZ2luYWxfZGlybmFtZSA9IFwiL3RtcC90cmVlcy9zaXRlL2FwcHMvZG9jc1wiO2NvbnN0IF9fdml0ZV9pbmplY3RlZF9vcmlnaW5hbF9maWxlbmFtZSA9IFwiL3RtcC90cmVlcy9zaXRlL2FwcHMvZG9jcy9jaGVjay1saW5rcy50c1wiO2NvbnN0IF9fdml0ZV9pbmplY3RlZF9vcmlnaW5hbF9pbXBvcnRfbWV0YV91cmwgPSBcImZpbGU6Ly8vdG1wL3RyZWVzL3NpdGUvYXBwcy9kb2NzL2NoZWNrLWxpbmtzLnRzXCI7aW1wb3J0IHsgcmVhZGRpclN5bmMsIHJlYWRGaWxlU3luYyB9IGZyb20gJ25vZGU6ZnMnO1xuaW1wb3J0IHsgam9pbiwgcmVsYXRpdmUgfSBmcm9tICdub2RlOnBhdGgnO1xuXG5jb25zdCBsaXN0RmlsZXMgPSAoZm9sZGVyOiBzdHJpbmcpOiBzdHJpbmdbXSA9PlxuICByZWFkZGlyU3luYyhmb2xkZXIsIHsgcmVjdXJzaXZlOiB0cnVlLCB3aXRoRmlsZVR5cGVzOiB0cnVlIH0pLmZsYXRNYXAoKGVudHJ5KSA9PlxuICAgIGVudHJ5LmlzRmlsZSgpID8gW2pvaW4oZW50cnkucGFyZW50UGF0aCwgZW50cnkubmFtZSldIDogW10sXG4gICk7XG5cbmNvbnN0IGRlY29kZSA9ICh0ZXh0OiBzdHJpbmcpID0+IGRlY29kZVVSSUNvbXBvbmVudCh0ZXh0LnJlcGxhY2VBbGwoJyZhbXA7JywgJyYnKSk7XG5cbi8qKlxuICogTG9va3MgZm9yIHdoYXQgcGFnZXMgb2YgYSBidWlsdCBzaXRlIGxpbmsgdG8gYW5kIGlzIG5vdCB0aGVyZTogZmlsZXMsIGFuZCBwbGFjZXMgaW4gcGFnZXMsIHdoaWNoIFZpdGVQcmVzcyBkb2VzIG5vdCBsb29rXG4gKiBhdC5cbiAqIEB0aHJvd3MgYW4gRXJyb3IgdGhhdCBsaXN0cyB0aGVtXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBjaGVja0xpbmtzKG91dERpcjogc3RyaW5nKTogdm9pZCB7XG4gIGNvbnN0IGZpbGVzID0gbmV3IFNldChsaXN0RmlsZXMob3V0RGlyKS5tYXAoKGZpbGUpID0+IGAvJHtyZWxhdGl2ZShvdXREaXIsIGZpbGUpfWApKTtcbiAgY29uc3QgcGFnZXMgPSBbLi4uZmlsZXNdLmZpbHRlcigoZmlsZSkgPT4gZmlsZS5lbmRzV2l0aCgnLmh0bWwnKSk7XG4gIGNvbnN0IHRleHRzID0gbmV3IE1hcChwYWdlcy5tYXAoKHBhZ2UpID0+IFtwYWdlLCByZWFkRmlsZVN5bmMoam9pbihvdXREaXIsIHBhZ2UpLCAndXRmOCcpXSkpO1xuICBjb25zdCBwbGFjZXMgPSBuZXcgTWFwKFxuICAgIFsuLi50ZXh0c10ubWFwKChbcGFnZSwgdGV4dF0pID0+IFtcbiAgICAgIHBhZ2UsXG4gICAgICBuZXcgU2V0KFsuLi50ZXh0Lm1hdGNoQWxsKC8gaWQ9XCIoW15cIl0rKVwiL2cpXS5tYXAoKFssIGlkXSkgPT4gaWQpKSxcbiAgICBdKSxcbiAgKTtcbiAgY29uc3QgZmluZFBhZ2UgPSAocGF0aDogc3RyaW5nKSA9PlxuICAgIFtwYXRoLCBgJHtwYXRofS5odG1sYCwgYCR7cGF0aH1pbmRleC5odG1sYCwgYCR7cGF0aH0vaW5kZXguaHRtbGBdLmZpbmQoKGZpbGUpID0+IGZpbGVzLmhhcyhmaWxlKSk7XG4gIGNvbnN0IGRlYWQgPSBbLi4udGV4dHNdLmZsYXRNYXAoKFtwYWdlLCB0ZXh0XSkgPT5cbiAgICBbLi4udGV4dC5tYXRjaEFsbCgvICg/OmhyZWZ8c3JjfHNyY3NldCk9XCIoXFwvW15cIi9dW15cIl0qfCNbXlwiXSspXCIvZyldLmZsYXRNYXAoKFssIGxpbmsgPSAnJ10pID0+IHtcbiAgICAgIGNvbnN0IFtwYXRoID0gJycsIGZyYWdtZW50XSA9IGRlY29kZShsaW5rKS5zcGxpdCgnIycpO1xuICAgICAgY29uc3QgdGFyZ2V0ID0gcGF0aCA9PT0gJycgPyBwYWdlIDogZmluZFBhZ2UocGF0aCk7XG4gICAgICBjb25zdCBpc1RoZXJlID0gdGFyZ2V0ICYmICghZnJhZ21lbnQgfHwgcGxhY2VzLmdldCh0YXJnZXQpPy5oYXMoZnJhZ21lbnQpKTtcbiAgICAgIHJldHVybiBpc1RoZXJlID8gW10gOiBbYCR7cGFnZX0gbGlua3MgdG8gJHtsaW5rfWBdO1xuICAgIH0pLFxuICApO1xuICBpZiAoZGVhZC5sZW5ndGggPiAwKSB0aHJvdyBuZXcgRXJyb3IoYExpbmtzIGxlYWQgbm93aGVyZTpcXG4ke1suLi5uZXcgU2V0KGRlYWQpXS5qb2luKCdcXG4nKX1gKTtcbn1cbiIsICJjb25zdCBfX3ZpdGVfaW5qZWN0ZWRfb3JpZ2luYWxfZGlybmFtZSA9IFwiL3RtcC90cmVlcy9zaXRlL2FwcHMvZG9jc1wiO2NvbnN0IF9fdml0ZV9pbmplY3RlZF9vcmlnaW5hbF9maWxlbmFtZSA9IFwiL3RtcC90cmVlcy9zaXRlL2FwcHMvZG9jcy92ZXJzaW9ucy50c1wiO2NvbnN0IF9fdml0ZV9pbmplY3RlZF9vcmlnaW5hbF9pbXBvcnRfbWV0YV91cmwgPSBcImZpbGU6Ly8vdG1wL3RyZWVzL3NpdGUvYXBwcy9kb2NzL3ZlcnNpb25zLnRzXCI7aW1wb3J0IHsgZXhpc3RzU3luYywgbWtkaXJTeW5jLCByZWFkZGlyU3luYywgcmVhZEZpbGVTeW5jLCB3cml0ZUZpbGVTeW5jIH0gZnJvbSAnbm9kZTpmcyc7XG5pbXBvcnQgeyBkaXJuYW1lLCBqb2luIH0gZnJvbSAnbm9kZTpwYXRoJztcbmltcG9ydCB7IFBBQ0tBR0VTLCBST09ULCBWRVJTSU9OU19QQUdFIH0gZnJvbSAnLi9wYWdlcyc7XG5cbi8qKiBXaGF0IGlzIHJlYWQgaGVyZSBvZiBhbiBldmVudCBvZiB0aGUgcHJvdG9jb2wncyBkb2N1bWVudC4gKi9cbmludGVyZmFjZSBQdWJsaXNoZWRFdmVudCB7XG4gIHJlYWRvbmx5IHNpbmNlPzogc3RyaW5nO1xuICByZWFkb25seSBkZXNjcmlwdGlvbjogc3RyaW5nO1xufVxuXG5jb25zdCByZWFkID0gKHBhdGg6IHN0cmluZykgPT4gcmVhZEZpbGVTeW5jKGpvaW4oUk9PVCwgcGF0aCksICd1dGY4Jyk7XG5cbmNvbnN0IFBST1RPQ09MX0RPQ1VNRU5UID0gSlNPTi5wYXJzZShyZWFkKCdwYWNrYWdlcy9wcm90b2NvbC9zY2hlbWEuanNvbicpKTtcblxuLyoqIFZlcnNpb24gb2YgdGhlIHdpcmUgdGhhdCB0aGVzZSBwYWdlcyBhcmUgb2YuICovXG5leHBvcnQgY29uc3QgUFJPVE9DT0w6IHN0cmluZyA9IFBST1RPQ09MX0RPQ1VNRU5ULnZlcnNpb247XG4vKiogVmVyc2lvbiBvZiB0aGUgcGFja2FnZXMgdGhhdCB0aGVzZSBwYWdlcyBhcmUgb2Y7IGFsbCBoYXZlIHRoZSBzYW1lLiAqL1xuZXhwb3J0IGNvbnN0IFJFTEVBU0U6IHN0cmluZyA9IEpTT04ucGFyc2UocmVhZCgncGFja2FnZXMvcHJvdG9jb2wvcGFja2FnZS5qc29uJykpLnZlcnNpb247XG5cbi8qKiBUaGUgcmVsZWFzZXMgdGhhdCBoYXZlIHBhZ2VzIG9mIHRoZWlyIG93biwgYnkgYSBjaGFuZ2Vsb2csIHRoZSBuZXdlc3QgZmlyc3Q6IGAxLjFgIGZvciBhbGwgb2YgMS4xLjAsIDEuMS4xIFx1MjAyNiAqL1xuZXhwb3J0IGNvbnN0IGxpc3RSZWxlYXNlcyA9IChjaGFuZ2Vsb2c6IHN0cmluZyk6IHN0cmluZ1tdID0+IFtcbiAgLi4ubmV3IFNldChbLi4uY2hhbmdlbG9nLm1hdGNoQWxsKC9eIyMgKFxcZCtcXC5cXGQrKVxcLlxcZCskL2dtKV0ubWFwKChbLCBtaW5vciA9ICcnXSkgPT4gbWlub3IpKSxcbl07XG5cbmNvbnN0IG1pbm9yT2YgPSAodmVyc2lvbjogc3RyaW5nKSA9PiB2ZXJzaW9uLnNwbGl0KCcuJykuc2xpY2UoMCwgMikuam9pbignLicpO1xuXG4vKiogV2hlcmUgdGhlIHBhZ2VzIG9mIHRoaXMgcmVsZWFzZSBhcmUsIGJlbG93IHRoZSBhZGRyZXNzIG9mIHRoZSBzaXRlLiBUaG9zZSBvZiBvdGhlciByZWxlYXNlcyBzdGF5IGJlc2lkZSB0aGVtLiAqL1xuZXhwb3J0IGNvbnN0IEJBU0UgPSBgL3Yke21pbm9yT2YoUkVMRUFTRSl9L2A7XG5cbi8qKiBIb3cgbWFueSBydWxlcyBvZiBhIFNQRUMgY2FtZSB3aXRoIGEgdmVyc2lvbi4gKi9cbmV4cG9ydCBjb25zdCBjb3VudFJ1bGVzID0gKHNwZWM6IHN0cmluZywgdmVyc2lvbjogc3RyaW5nKTogbnVtYmVyID0+XG4gIHNwZWNcbiAgICAuc3BsaXQoL14tICg/PVxcKlxcKlxcWykvbSlcbiAgICAuc2xpY2UoMSlcbiAgICAuZmlsdGVyKChydWxlKSA9PiBydWxlLmluY2x1ZGVzKGAqJHt2ZXJzaW9ufWApKS5sZW5ndGg7XG5cbmZ1bmN0aW9uIGRlc2NyaWJlVmVyc2lvbih2ZXJzaW9uOiBzdHJpbmcpOiBzdHJpbmcge1xuICBjb25zdCBkaXJlY3Rpb25zID0gW1xuICAgIFsnY2xpZW50JywgUFJPVE9DT0xfRE9DVU1FTlQuY2xpZW50VG9TZXJ2ZXJdLFxuICAgIFsnc2VydmVyJywgUFJPVE9DT0xfRE9DVU1FTlQuc2VydmVyVG9DbGllbnRdLFxuICBdIGFzIGNvbnN0O1xuICBjb25zdCBldmVudHMgPSBkaXJlY3Rpb25zLmZsYXRNYXAoKFtkaXJlY3Rpb24sIGRlY2xhcmVkXSkgPT5cbiAgICBPYmplY3QuZW50cmllczxQdWJsaXNoZWRFdmVudD4oZGVjbGFyZWQpXG4gICAgICAuZmlsdGVyKChbLCB7IHNpbmNlIH1dKSA9PiBzaW5jZSA9PT0gdmVyc2lvbilcbiAgICAgIC5tYXAoKFtuYW1lLCB7IGRlc2NyaXB0aW9uIH1dKSA9PiB7XG4gICAgICAgIGNvbnN0IGxpbmsgPSBgLi4vLi4vLi4vcGFja2FnZXMvcHJvdG9jb2wvc3JjL2dlbmVyYXRlZC9yZWZlcmVuY2UubWQjJHtkaXJlY3Rpb259LSR7bmFtZX1gO1xuICAgICAgICByZXR1cm4gYHwgW1xcYCR7bmFtZX1cXGBdKCR7bGlua30pIHwgJHtkaXJlY3Rpb259IHwgJHtkZXNjcmlwdGlvbn0gfGA7XG4gICAgICB9KSxcbiAgKTtcbiAgY29uc3QgcnVsZXMgPSBjb3VudFJ1bGVzKHJlYWQoJ3BhY2thZ2VzL3Byb3RvY29sL1NQRUMubWQnKSwgdmVyc2lvbik7XG4gIHJldHVybiBbXG4gICAgYCMjIyAke3ZlcnNpb259YCxcbiAgICBgJHtydWxlc30gW3J1bGVzXSguLi8uLi8uLi9wYWNrYWdlcy9wcm90b2NvbC9TUEVDLm1kKSBhcmUgbWFya2VkICoke3ZlcnNpb259Ki4gRXZlbnRzIHRoYXQgY2FtZSB3aXRoIGl0OmAsXG4gICAgWyd8IGV2ZW50IHwgc2VudCBieSB8IHdoYXQgaXQgaXMgfCcsICd8LS0tfC0tLXwtLS18JywgLi4uZXZlbnRzXS5qb2luKCdcXG4nKSxcbiAgXS5qb2luKCdcXG5cXG4nKTtcbn1cblxuLyoqIFdoYXQgY2hhbmdlc2V0cyBzYXkgb2YgdGhlIG5leHQgcmVsZWFzZSwgd2l0aG91dCB0aGVpciBoZWFkcy4gKi9cbmNvbnN0IGxpc3RVbnJlbGVhc2VkID0gKCk6IHN0cmluZ1tdID0+XG4gIHJlYWRkaXJTeW5jKGpvaW4oUk9PVCwgJy5jaGFuZ2VzZXQnKSlcbiAgICAuZmlsdGVyKChuYW1lKSA9PiBuYW1lLmVuZHNXaXRoKCcubWQnKSlcbiAgICAubWFwKChuYW1lKSA9PlxuICAgICAgcmVhZChgLmNoYW5nZXNldC8ke25hbWV9YClcbiAgICAgICAgLnJlcGxhY2UoL14tLS1bXFxzXFxTXSo/XFxuLS0tXFxuKy8sICcnKVxuICAgICAgICAudHJpbSgpLFxuICAgICk7XG5cbi8qKiBXcml0ZXMgdGhlIHBhZ2Ugb2YgdmVyc2lvbnM6IHdoYXQgZWFjaCB2ZXJzaW9uIG9mIHRoZSBwcm90b2NvbCBoYXMsIGFuZCB3aGljaCByZWxlYXNlcyBvZiB0aGUgcGFja2FnZXMgdGhlcmUgYXJlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHdyaXRlVmVyc2lvbnMoKTogdm9pZCB7XG4gIGNvbnN0IGNoYW5nZWxvZyA9ICdwYWNrYWdlcy9wcm90b2NvbC9DSEFOR0VMT0cubWQnO1xuICBjb25zdCBvdGhlcnMgPSAoZXhpc3RzU3luYyhqb2luKFJPT1QsIGNoYW5nZWxvZykpID8gbGlzdFJlbGVhc2VzKHJlYWQoY2hhbmdlbG9nKSkgOiBbXSkuZmlsdGVyKFxuICAgIChyZWxlYXNlKSA9PiByZWxlYXNlICE9PSBtaW5vck9mKFJFTEVBU0UpLFxuICApO1xuICBjb25zdCB2ZXJzaW9ucyA9IFtQUk9UT0NPTF9ET0NVTUVOVC5jbGllbnRUb1NlcnZlciwgUFJPVE9DT0xfRE9DVU1FTlQuc2VydmVyVG9DbGllbnRdLmZsYXRNYXAoKGV2ZW50cykgPT5cbiAgICBPYmplY3QudmFsdWVzPFB1Ymxpc2hlZEV2ZW50PihldmVudHMpLmZsYXRNYXAoKHsgc2luY2UgfSkgPT4gc2luY2UgPz8gW10pLFxuICApO1xuICBjb25zdCB0ZXh0ID0gW1xuICAgICcjIFZlcnNpb25zJyxcbiAgICBgVGhlc2UgcGFnZXMgYXJlIG9mIHRoZSBwYWNrYWdlcyAke1JFTEVBU0V9LCB3aGljaCBzcGVhayB2ZXJzaW9uICR7UFJPVE9DT0x9IG9mIHRoZSBjaGF0XHUyMDE5cyBwcm90b2NvbC5gLFxuICAgICcjIyBUaGUgcHJvdG9jb2wnLFxuICAgICdBIGNsaWVudCBvZiBhbiBvbGRlciB2ZXJzaW9uIHdvcmtzIHdpdGggYSBuZXdlciBzZXJ2ZXI6IFt3aGljaCB2ZXJzaW9ucyB1bmRlcnN0YW5kIGVhY2ggb3RoZXJdKC4uLy4uLy4uL3BhY2thZ2VzL3Byb3RvY29sL1NQRUMubWQjdmVyc2lvbnMpLicsXG4gICAgLi4uWy4uLm5ldyBTZXQodmVyc2lvbnMpXS5zb3J0KCkucmV2ZXJzZSgpLm1hcChkZXNjcmliZVZlcnNpb24pLFxuICAgICcjIyBUaGUgcGFja2FnZXMnLFxuICAgIGBBbGwgaGF2ZSB0aGUgc2FtZSB2ZXJzaW9uOiAke1BBQ0tBR0VTLm1hcCgobmFtZSkgPT4gYFxcYEB3aXJlcGFjdC8ke25hbWV9XFxgYCkuam9pbignLCAnKX0uYCxcbiAgICAuLi5vdGhlcnMubWFwKChyZWxlYXNlKSA9PiBgLSA8YSBocmVmPVwiLi4vLi4vdiR7cmVsZWFzZX0vXCIgdGFyZ2V0PVwiX3NlbGZcIj5UaGUgcGFnZXMgb2YgJHtyZWxlYXNlfTwvYT5gKSxcbiAgICAnIyMjIE5vdCByZWxlYXNlZCB5ZXQnLFxuICAgIC4uLmxpc3RVbnJlbGVhc2VkKCkubWFwKChjaGFuZ2UpID0+IGAtICR7Y2hhbmdlLnJlcGxhY2VBbGwoJ1xcbicsICdcXG4gICcpfWApLFxuICBdLmpvaW4oJ1xcblxcbicpO1xuICBjb25zdCBmaWxlID0gam9pbihST09ULCBWRVJTSU9OU19QQUdFKTtcbiAgbWtkaXJTeW5jKGRpcm5hbWUoZmlsZSksIHsgcmVjdXJzaXZlOiB0cnVlIH0pO1xuICB3cml0ZUZpbGVTeW5jKGZpbGUsIGAke3RleHR9XFxuYCk7XG59XG4iXSwKICAibWFwcGluZ3MiOiAiO0FBQW9SLFNBQVMsZ0JBQUFBLGVBQWMsaUJBQUFDLHNCQUFxQjtBQUNoVSxTQUFTLFFBQUFDLE9BQU0sWUFBQUMsaUJBQWdCO0FBQy9CLFNBQVMsaUJBQUFDLHNCQUFxQjtBQUU5QixTQUE0QixvQkFBaUM7OztBQ0pnTCxTQUFTLGdCQUFBQyxlQUFjLGNBQWM7QUFDbFIsU0FBUyxRQUFBQyxPQUFNLGdCQUFnQjtBQUMvQixTQUFTLGFBQWEsZUFBZ0Msc0JBQTJDOzs7QUNGZ0osU0FBUyxZQUFZLGFBQWEsb0JBQW9CO0FBQ3ZTLFNBQVMsU0FBUyxNQUFNLGFBQWE7QUFDckMsU0FBUyxxQkFBcUI7QUFGc0gsSUFBTSwyQ0FBMkM7QUFLOUwsSUFBTSxPQUFPLGNBQWMsSUFBSSxJQUFJLFVBQVUsd0NBQWUsQ0FBQztBQUc3RCxJQUFNLGFBQWE7QUFHbkIsSUFBTSxXQUFXLENBQUMsWUFBWSxZQUFZLFVBQVUsVUFBVSxPQUFPLGFBQWE7QUFHbEYsSUFBTSxNQUFNLEVBQUUsUUFBUSwyQkFBMkIsU0FBUyxnQkFBZ0I7QUFHMUUsSUFBTSxnQkFBZ0I7QUFLN0IsSUFBTSxRQUFRLENBQUMsU0FBdUIsQ0FBQyxRQUFRLElBQUksT0FBTyxTQUFTLElBQUksRUFBRTtBQUV6RSxJQUFNLFNBQTBFO0FBQUEsRUFDOUUsQ0FBQyxTQUFTLENBQUMsQ0FBQyxhQUFhLGVBQWUsaUJBQWlCLENBQUMsQ0FBQztBQUFBLEVBQzNELENBQUMsWUFBWSxDQUFDLFdBQVcsU0FBUyxZQUFZLFlBQVksU0FBUyxFQUFFLElBQUksS0FBSyxDQUFDO0FBQUEsRUFDL0UsQ0FBQyxjQUFjLENBQUMsYUFBYSxZQUFZLFdBQVcsYUFBYSxhQUFhLEVBQUUsSUFBSSxLQUFLLENBQUM7QUFBQSxFQUMxRixDQUFDLFVBQVUsQ0FBQyxVQUFVLGdCQUFnQixFQUFFLElBQUksS0FBSyxDQUFDO0FBQUEsRUFDbEQ7QUFBQSxJQUNFO0FBQUEsSUFDQTtBQUFBLE1BQ0UsR0FBRyxDQUFDLHFCQUFxQixzQkFBc0Isb0JBQW9CLEVBQUUsSUFBSSxLQUFLO0FBQUEsTUFDOUUsR0FBRyxDQUFDLGlCQUFpQixpQkFBaUIsRUFBRSxJQUFJLEtBQUs7QUFBQSxJQUNuRDtBQUFBLEVBQ0Y7QUFBQSxFQUNBO0FBQUEsSUFDRTtBQUFBLElBQ0E7QUFBQSxNQUNFLENBQUMsZ0RBQWdELHlCQUF5QixvQkFBb0I7QUFBQSxNQUM5RixDQUFDLDZCQUE2Qix3QkFBd0IsbUJBQW1CO0FBQUEsTUFDekUsQ0FBQyw2QkFBNkIsMkJBQTJCLHVCQUF1QjtBQUFBLE1BQ2hGLENBQUMsZUFBZSxzQkFBc0IsVUFBVTtBQUFBLE1BQ2hELEdBQUcsU0FBUyxJQUFJLENBQUMsU0FBZSxDQUFDLFlBQVksSUFBSSxjQUFjLGFBQWEsSUFBSSxFQUFFLENBQUM7QUFBQSxJQUNyRjtBQUFBLEVBQ0Y7QUFBQSxFQUNBO0FBQUEsSUFDRTtBQUFBLElBQ0E7QUFBQSxNQUNFLENBQUMsbUJBQW1CLHNCQUFzQjtBQUFBLE1BQzFDLENBQUMscUJBQXFCLG1CQUFtQjtBQUFBLE1BQ3pDLENBQUMsbUJBQW1CLHNCQUFzQjtBQUFBLE1BQzFDLEdBQUcsU0FBUyxPQUFPLENBQUMsU0FBUyxXQUFXLEtBQUssTUFBTSxZQUFZLElBQUksZUFBZSxDQUFDLENBQUMsRUFBRTtBQUFBLFFBQ3BGLENBQUMsU0FBZSxDQUFDLFlBQVksSUFBSSxpQkFBaUIsbUJBQW1CLElBQUksSUFBSSxjQUFjLElBQUksRUFBRTtBQUFBLE1BQ25HO0FBQUEsTUFDQSxDQUFDLG9CQUFvQixtQkFBbUIseUJBQXlCO0FBQUEsSUFDbkU7QUFBQSxFQUNGO0FBQ0Y7QUFFQSxJQUFNLGNBQWMsSUFBSSxJQUFJLE9BQU8sUUFBUSxDQUFDLENBQUMsRUFBRSxLQUFLLE1BQU0sTUFBTSxJQUFJLENBQUMsQ0FBQyxJQUFJLE1BQU0sSUFBSSxDQUFDLENBQUM7QUFFdEYsSUFBTSxTQUFTLFlBQVksS0FBSyxNQUFNLE1BQU0sQ0FBQyxFQUMxQyxPQUFPLENBQUMsU0FBUyxLQUFLLFNBQVMsS0FBSyxLQUFLLENBQUMsWUFBWSxJQUFJLFFBQVEsSUFBSSxFQUFFLENBQUMsRUFDekUsSUFBSSxDQUFDLFNBQVMsTUFBTSxLQUFLLFFBQVEsU0FBUyxFQUFFLENBQUMsQ0FBQztBQUcxQyxJQUFNLFdBQVcsT0FBTyxTQUFTLElBQUksQ0FBQyxHQUFHLFFBQVEsQ0FBQyxRQUFRLE1BQU0sQ0FBVSxJQUFJO0FBRXJGLElBQU0sVUFBZ0IsQ0FBQyxzQkFBc0IsT0FBTztBQUc3QyxJQUFNLFFBQTBDLE9BQU87QUFBQSxFQUM1RCxDQUFDLFNBQVMsR0FBRyxTQUFTLFFBQVEsQ0FBQyxDQUFDLEVBQUUsS0FBSyxNQUFNLEtBQUssQ0FBQyxFQUFFLElBQUksQ0FBQyxDQUFDLE1BQU0sT0FBTyxNQUFNLENBQUMsTUFBTSxHQUFHLE9BQU8sS0FBSyxDQUFDO0FBQ3ZHO0FBRUEsSUFBTSxrQkFBa0Isb0JBQUksSUFBSSxDQUFDLGdCQUFnQixRQUFRLFFBQVEsVUFBVSxnQkFBZ0IsSUFBSSxNQUFNLENBQUM7QUFHL0YsSUFBTSxvQkFBb0IsQ0FBQyxTQUFTLE9BQ3pDLFlBQVksS0FBSyxNQUFNLE1BQU0sR0FBRyxFQUFFLGVBQWUsS0FBSyxDQUFDLEVBQUUsUUFBUSxDQUFDLFVBQVU7QUFDMUUsUUFBTSxPQUFPLE1BQU0sS0FBSyxRQUFRLE1BQU0sSUFBSTtBQUMxQyxNQUFJLE1BQU0sWUFBWSxHQUFHO0FBQ3ZCLFdBQU8sZ0JBQWdCLElBQUksTUFBTSxJQUFJLEtBQUssZ0JBQWdCLElBQUksSUFBSSxJQUFJLENBQUMsSUFBSSxrQkFBa0IsSUFBSTtBQUFBLEVBQ25HO0FBQ0EsU0FBTyxLQUFLLFNBQVMsS0FBSyxLQUFLLENBQUMsT0FBTyxPQUFPLE9BQU8sSUFBSSxJQUFJLENBQUMsSUFBSSxJQUFJLENBQUM7QUFDekUsQ0FBQztBQUdJLElBQU0sVUFBVSxDQUFDLFNBQ3RCLFlBQVksS0FBSyxhQUFhLEtBQUssTUFBTSxJQUFJLEdBQUcsTUFBTSxDQUFDLElBQUksQ0FBQyxHQUFHLFdBQVcsS0FBSyxFQUFFLEtBQUs7QUFNakYsU0FBUyxTQUFTLE1BQWMsTUFBc0I7QUFDM0QsTUFBSSxlQUFlLEtBQUssSUFBSSxFQUFHLFFBQU87QUFDdEMsUUFBTSxDQUFDLE9BQU8sSUFBSSxRQUFRLElBQUksS0FBSyxNQUFNLEdBQUc7QUFDNUMsUUFBTSxTQUFTLE1BQU0sS0FBSyxRQUFRLElBQUksR0FBRyxJQUFJLEVBQUUsUUFBUSxPQUFPLEVBQUU7QUFDaEUsUUFBTSxRQUFRLE9BQU8sV0FBVyxHQUFHLElBQUksTUFBTSxHQUFHO0FBQ2hELFFBQU0sT0FBTyxRQUNULE9BQU8sUUFBUSxJQUFJLFFBQVEsSUFBSSxPQUFPLElBQ3JDLE1BQU0sTUFBTSxLQUFLLE1BQU0sR0FBRyxNQUFNLFlBQVk7QUFDakQsTUFBSSxLQUFNLFFBQU8sSUFBSSxJQUFJLEdBQUcsV0FBVyxJQUFJLFFBQVEsS0FBSyxFQUFFO0FBQzFELFNBQU8sV0FBVyxLQUFLLE1BQU0sTUFBTSxDQUFDLElBQUksR0FBRyxVQUFVLGNBQWMsTUFBTSxLQUFLO0FBQ2hGOzs7QURwR0EsSUFBTSxTQUFTO0FBR2YsU0FBUyxjQUEyQztBQUNsRCxRQUFNLFVBQVUsU0FBUyxRQUFRLENBQUMsU0FBUztBQUN6QyxVQUFNLFNBQVNDLE1BQUssTUFBTSxZQUFZLElBQUk7QUFDMUMsVUFBTSxFQUFFLFFBQVEsSUFBSSxLQUFLLE1BQU1DLGNBQWFELE1BQUssUUFBUSxjQUFjLEdBQUcsTUFBTSxDQUFDO0FBQ2pGLFdBQU8sT0FBTyxRQUF3QyxPQUFPLEVBQUU7QUFBQSxNQUFRLENBQUMsQ0FBQyxNQUFNLEVBQUUsQ0FBQyxTQUFTLE9BQU8sQ0FBQyxNQUNqRyxTQUFTLENBQUMsQ0FBQ0EsTUFBSyxRQUFRLE1BQU0sR0FBRyxhQUFhLElBQUksR0FBRyxLQUFLLE1BQU0sQ0FBQyxDQUFDLEVBQUUsQ0FBVSxJQUFJLENBQUM7QUFBQSxJQUNyRjtBQUFBLEVBQ0YsQ0FBQztBQUNELFNBQU8sSUFBSSxJQUFJLE9BQU87QUFDeEI7QUFHQSxJQUFNLFlBQVksQ0FBQyxTQUFpQixTQUFTQSxNQUFLLE1BQU0sVUFBVSxHQUFHLElBQUksRUFBRSxRQUFRLG1CQUFtQixFQUFFO0FBTXhHLFNBQVMsU0FBUyxZQUE4QjtBQUM5QyxNQUFJLFdBQVcsY0FBYyxLQUFLLFdBQVcsWUFBWSxHQUFHO0FBQzFELGVBQVcsZ0JBQWdCO0FBQzNCLGVBQVcsYUFBYTtBQUFBLEVBQzFCO0FBQ0EsUUFBTSxlQUFlLFdBQVcsZ0JBQWdCLEtBQUssV0FBVyxRQUFRLFlBQVk7QUFDcEYsUUFBTSxhQUFhLFdBQVcsY0FBYyxLQUFLLFdBQVcsT0FBTyxlQUFlLFFBQVE7QUFDMUYsTUFBSSxDQUFDLGdCQUFnQixDQUFDLFdBQVk7QUFDbEMsUUFBTSxFQUFFLEtBQUssSUFBSTtBQUNqQixNQUFJLEVBQUUsZ0JBQWdCLGtCQUFrQixDQUFDLEtBQUssU0FBUyxXQUFXLFlBQVksRUFBRztBQUNqRixNQUFJLGdCQUFnQixLQUFLLGVBQWUsS0FBSyxDQUFDLGFBQWEsU0FBUyxTQUFTLFlBQVk7QUFDdkYsU0FBSyxnQkFBZ0I7QUFDekI7QUFFQSxJQUFNLE1BQU1BLE1BQUssTUFBTSxJQUFJLE1BQU07QUFDakMsSUFBTSxhQUFhQSxNQUFLLEtBQUssaUJBQWlCO0FBRTlDLElBQU0sVUFBbUQ7QUFBQSxFQUN2RCxNQUFNO0FBQUEsRUFDTixVQUFVQSxNQUFLLE1BQU0sNkJBQTZCO0FBQUE7QUFBQSxFQUVsRCxtQkFBbUI7QUFBQSxFQUNuQixRQUFRLENBQUMseUJBQXlCO0FBQUEsRUFDbEMsVUFBVTtBQUFBLEVBQ1YsS0FBSztBQUFBLEVBQ0wsUUFBUTtBQUFBLEVBQ1IsZ0JBQWdCO0FBQUEsRUFDaEIsa0JBQWtCO0FBQUEsRUFDbEIsaUJBQWlCO0FBQUEsRUFDakIsZUFBZTtBQUFBLEVBQ2Ysc0JBQXNCO0FBQUEsRUFDdEIsWUFBWSxFQUFFLGVBQWUsTUFBTSxtQkFBbUIsT0FBTyxnQkFBZ0IsTUFBTTtBQUFBLEVBQ25GLFlBQVk7QUFBQSxJQUNWO0FBQUEsSUFDQTtBQUFBLElBQ0E7QUFBQSxJQUNBO0FBQUEsSUFDQTtBQUFBLElBQ0E7QUFBQSxJQUNBO0FBQUEsSUFDQTtBQUFBLEVBQ0Y7QUFBQSxFQUNBLGdCQUFnQjtBQUFBLEVBQ2hCLGdCQUFnQjtBQUFBLEVBQ2hCLGVBQWU7QUFBQSxFQUNmLHdCQUF3QjtBQUFBLEVBQ3hCLGVBQWU7QUFBQSxFQUNmLGtCQUFrQjtBQUFBLEVBQ2xCLGFBQWE7QUFBQSxFQUNiLG9CQUFvQjtBQUFBLElBQ2xCLE9BQU87QUFBQSxJQUNQLFFBQVE7QUFBQSxJQUNSLFFBQVEsQ0FBQyxFQUFFLFFBQVEsTUFBTSxRQUFRLFFBQVEsV0FBVyxFQUFFO0FBQUEsRUFDeEQ7QUFBQSxFQUNBLGtCQUFrQjtBQUNwQjtBQU9BLGVBQXNCLFdBQStDO0FBQ25FLFFBQU0sVUFBVSxZQUFZO0FBQzVCLFFBQU0sTUFBTSxNQUFNLFlBQVkscUJBQXFCLEVBQUUsR0FBRyxTQUFTLGFBQWEsQ0FBQyxHQUFHLFFBQVEsS0FBSyxDQUFDLEVBQUUsQ0FBQztBQUNuRyxRQUFNLFVBQVUsTUFBTSxJQUFJLFFBQVE7QUFDbEMsTUFBSSxDQUFDLFFBQVMsT0FBTSxJQUFJLE1BQU0sZ0RBQWdEO0FBQzlFLFFBQU0sUUFBUSxJQUFJLElBQUksQ0FBQyxHQUFHLE9BQU8sRUFBRSxJQUFJLENBQUMsQ0FBQyxNQUFNLElBQUksTUFBTSxDQUFDLFVBQVUsSUFBSSxHQUFHLElBQUksQ0FBQyxDQUFDO0FBQ2pGLGFBQVcsVUFBVSxRQUFRLFlBQVksQ0FBQyxFQUFHLFFBQU8sT0FBTyxNQUFNLElBQUksT0FBTyxJQUFJLEtBQUssT0FBTztBQUM1RixhQUFXLGNBQWMsT0FBTyxPQUFPLFFBQVEsV0FBVyxFQUFHLFVBQVMsVUFBVTtBQUNoRixNQUFJLFNBQVMsT0FBTztBQUNwQixTQUFPLEtBQUssRUFBRSxXQUFXLE1BQU0sT0FBTyxLQUFLLENBQUM7QUFDNUMsUUFBTSxJQUFJLFFBQVEsYUFBYSxPQUFPO0FBQ3RDLE1BQUksSUFBSSxPQUFPLFlBQVksS0FBSyxJQUFJLE9BQU8sVUFBVTtBQUNuRCxVQUFNLElBQUksTUFBTSwwQ0FBMEM7QUFDNUQsU0FBTyxLQUFLLE1BQU1DLGNBQWEsWUFBWSxNQUFNLENBQUM7QUFDcEQ7OztBRXZHNlAsU0FBUyxlQUFBQyxjQUFhLGdCQUFBQyxxQkFBb0I7QUFDdlMsU0FBUyxRQUFBQyxPQUFNLFlBQUFDLGlCQUFnQjtBQUUvQixJQUFNLFlBQVksQ0FBQyxXQUNqQkMsYUFBWSxRQUFRLEVBQUUsV0FBVyxNQUFNLGVBQWUsS0FBSyxDQUFDLEVBQUU7QUFBQSxFQUFRLENBQUMsVUFDckUsTUFBTSxPQUFPLElBQUksQ0FBQ0MsTUFBSyxNQUFNLFlBQVksTUFBTSxJQUFJLENBQUMsSUFBSSxDQUFDO0FBQzNEO0FBRUYsSUFBTSxTQUFTLENBQUMsU0FBaUIsbUJBQW1CLEtBQUssV0FBVyxTQUFTLEdBQUcsQ0FBQztBQU8xRSxTQUFTLFdBQVcsUUFBc0I7QUFDL0MsUUFBTSxRQUFRLElBQUksSUFBSSxVQUFVLE1BQU0sRUFBRSxJQUFJLENBQUMsU0FBUyxJQUFJQyxVQUFTLFFBQVEsSUFBSSxDQUFDLEVBQUUsQ0FBQztBQUNuRixRQUFNLFFBQVEsQ0FBQyxHQUFHLEtBQUssRUFBRSxPQUFPLENBQUMsU0FBUyxLQUFLLFNBQVMsT0FBTyxDQUFDO0FBQ2hFLFFBQU0sUUFBUSxJQUFJLElBQUksTUFBTSxJQUFJLENBQUMsU0FBUyxDQUFDLE1BQU1DLGNBQWFGLE1BQUssUUFBUSxJQUFJLEdBQUcsTUFBTSxDQUFDLENBQUMsQ0FBQztBQUMzRixRQUFNLFNBQVMsSUFBSTtBQUFBLElBQ2pCLENBQUMsR0FBRyxLQUFLLEVBQUUsSUFBSSxDQUFDLENBQUMsTUFBTSxJQUFJLE1BQU07QUFBQSxNQUMvQjtBQUFBLE1BQ0EsSUFBSSxJQUFJLENBQUMsR0FBRyxLQUFLLFNBQVMsZ0JBQWdCLENBQUMsRUFBRSxJQUFJLENBQUMsQ0FBQyxFQUFFLEVBQUUsTUFBTSxFQUFFLENBQUM7QUFBQSxJQUNsRSxDQUFDO0FBQUEsRUFDSDtBQUNBLFFBQU0sV0FBVyxDQUFDLFNBQ2hCLENBQUMsTUFBTSxHQUFHLElBQUksU0FBUyxHQUFHLElBQUksY0FBYyxHQUFHLElBQUksYUFBYSxFQUFFLEtBQUssQ0FBQyxTQUFTLE1BQU0sSUFBSSxJQUFJLENBQUM7QUFDbEcsUUFBTSxPQUFPLENBQUMsR0FBRyxLQUFLLEVBQUU7QUFBQSxJQUFRLENBQUMsQ0FBQyxNQUFNLElBQUksTUFDMUMsQ0FBQyxHQUFHLEtBQUssU0FBUywrQ0FBK0MsQ0FBQyxFQUFFLFFBQVEsQ0FBQyxDQUFDLEVBQUUsT0FBTyxFQUFFLE1BQU07QUFDN0YsWUFBTSxDQUFDLE9BQU8sSUFBSSxRQUFRLElBQUksT0FBTyxJQUFJLEVBQUUsTUFBTSxHQUFHO0FBQ3BELFlBQU0sU0FBUyxTQUFTLEtBQUssT0FBTyxTQUFTLElBQUk7QUFDakQsWUFBTSxVQUFVLFdBQVcsQ0FBQyxZQUFZLE9BQU8sSUFBSSxNQUFNLEdBQUcsSUFBSSxRQUFRO0FBQ3hFLGFBQU8sVUFBVSxDQUFDLElBQUksQ0FBQyxHQUFHLElBQUksYUFBYSxJQUFJLEVBQUU7QUFBQSxJQUNuRCxDQUFDO0FBQUEsRUFDSDtBQUNBLE1BQUksS0FBSyxTQUFTLEVBQUcsT0FBTSxJQUFJLE1BQU07QUFBQSxFQUF3QixDQUFDLEdBQUcsSUFBSSxJQUFJLElBQUksQ0FBQyxFQUFFLEtBQUssSUFBSSxDQUFDLEVBQUU7QUFDOUY7OztBQ3BDdVAsU0FBUyxjQUFBRyxhQUFZLFdBQVcsZUFBQUMsY0FBYSxnQkFBQUMsZUFBYyxxQkFBcUI7QUFDdlUsU0FBUyxXQUFBQyxVQUFTLFFBQUFDLGFBQVk7QUFTOUIsSUFBTSxPQUFPLENBQUMsU0FBaUJDLGNBQWFDLE1BQUssTUFBTSxJQUFJLEdBQUcsTUFBTTtBQUVwRSxJQUFNLG9CQUFvQixLQUFLLE1BQU0sS0FBSywrQkFBK0IsQ0FBQztBQUduRSxJQUFNLFdBQW1CLGtCQUFrQjtBQUUzQyxJQUFNLFVBQWtCLEtBQUssTUFBTSxLQUFLLGdDQUFnQyxDQUFDLEVBQUU7QUFHM0UsSUFBTSxlQUFlLENBQUMsY0FBZ0M7QUFBQSxFQUMzRCxHQUFHLElBQUksSUFBSSxDQUFDLEdBQUcsVUFBVSxTQUFTLHdCQUF3QixDQUFDLEVBQUUsSUFBSSxDQUFDLENBQUMsRUFBRSxRQUFRLEVBQUUsTUFBTSxLQUFLLENBQUM7QUFDN0Y7QUFFQSxJQUFNLFVBQVUsQ0FBQyxZQUFvQixRQUFRLE1BQU0sR0FBRyxFQUFFLE1BQU0sR0FBRyxDQUFDLEVBQUUsS0FBSyxHQUFHO0FBR3JFLElBQU0sT0FBTyxLQUFLLFFBQVEsT0FBTyxDQUFDO0FBR2xDLElBQU0sYUFBYSxDQUFDLE1BQWMsWUFDdkMsS0FDRyxNQUFNLGdCQUFnQixFQUN0QixNQUFNLENBQUMsRUFDUCxPQUFPLENBQUMsU0FBUyxLQUFLLFNBQVMsSUFBSSxPQUFPLEVBQUUsQ0FBQyxFQUFFO0FBRXBELFNBQVMsZ0JBQWdCLFNBQXlCO0FBQ2hELFFBQU0sYUFBYTtBQUFBLElBQ2pCLENBQUMsVUFBVSxrQkFBa0IsY0FBYztBQUFBLElBQzNDLENBQUMsVUFBVSxrQkFBa0IsY0FBYztBQUFBLEVBQzdDO0FBQ0EsUUFBTSxTQUFTLFdBQVc7QUFBQSxJQUFRLENBQUMsQ0FBQyxXQUFXLFFBQVEsTUFDckQsT0FBTyxRQUF3QixRQUFRLEVBQ3BDLE9BQU8sQ0FBQyxDQUFDLEVBQUUsRUFBRSxNQUFNLENBQUMsTUFBTSxVQUFVLE9BQU8sRUFDM0MsSUFBSSxDQUFDLENBQUMsTUFBTSxFQUFFLFlBQVksQ0FBQyxNQUFNO0FBQ2hDLFlBQU0sT0FBTyx5REFBeUQsU0FBUyxJQUFJLElBQUk7QUFDdkYsYUFBTyxRQUFRLElBQUksT0FBTyxJQUFJLE9BQU8sU0FBUyxNQUFNLFdBQVc7QUFBQSxJQUNqRSxDQUFDO0FBQUEsRUFDTDtBQUNBLFFBQU0sUUFBUSxXQUFXLEtBQUssMkJBQTJCLEdBQUcsT0FBTztBQUNuRSxTQUFPO0FBQUEsSUFDTCxPQUFPLE9BQU87QUFBQSxJQUNkLEdBQUcsS0FBSyw0REFBNEQsT0FBTztBQUFBLElBQzNFLENBQUMsb0NBQW9DLGlCQUFpQixHQUFHLE1BQU0sRUFBRSxLQUFLLElBQUk7QUFBQSxFQUM1RSxFQUFFLEtBQUssTUFBTTtBQUNmO0FBR0EsSUFBTSxpQkFBaUIsTUFDckJDLGFBQVlELE1BQUssTUFBTSxZQUFZLENBQUMsRUFDakMsT0FBTyxDQUFDLFNBQVMsS0FBSyxTQUFTLEtBQUssQ0FBQyxFQUNyQztBQUFBLEVBQUksQ0FBQyxTQUNKLEtBQUssY0FBYyxJQUFJLEVBQUUsRUFDdEIsUUFBUSx3QkFBd0IsRUFBRSxFQUNsQyxLQUFLO0FBQ1Y7QUFHRyxTQUFTLGdCQUFzQjtBQUNwQyxRQUFNLFlBQVk7QUFDbEIsUUFBTUUsV0FBVUMsWUFBV0gsTUFBSyxNQUFNLFNBQVMsQ0FBQyxJQUFJLGFBQWEsS0FBSyxTQUFTLENBQUMsSUFBSSxDQUFDLEdBQUc7QUFBQSxJQUN0RixDQUFDLFlBQVksWUFBWSxRQUFRLE9BQU87QUFBQSxFQUMxQztBQUNBLFFBQU0sV0FBVyxDQUFDLGtCQUFrQixnQkFBZ0Isa0JBQWtCLGNBQWMsRUFBRTtBQUFBLElBQVEsQ0FBQyxXQUM3RixPQUFPLE9BQXVCLE1BQU0sRUFBRSxRQUFRLENBQUMsRUFBRSxNQUFNLE1BQU0sU0FBUyxDQUFDLENBQUM7QUFBQSxFQUMxRTtBQUNBLFFBQU0sT0FBTztBQUFBLElBQ1g7QUFBQSxJQUNBLG1DQUFtQyxPQUFPLHlCQUF5QixRQUFRO0FBQUEsSUFDM0U7QUFBQSxJQUNBO0FBQUEsSUFDQSxHQUFHLENBQUMsR0FBRyxJQUFJLElBQUksUUFBUSxDQUFDLEVBQUUsS0FBSyxFQUFFLFFBQVEsRUFBRSxJQUFJLGVBQWU7QUFBQSxJQUM5RDtBQUFBLElBQ0EsOEJBQThCLFNBQVMsSUFBSSxDQUFDLFNBQVMsZUFBZSxJQUFJLElBQUksRUFBRSxLQUFLLElBQUksQ0FBQztBQUFBLElBQ3hGLEdBQUdFLFFBQU8sSUFBSSxDQUFDLFlBQVkscUJBQXFCLE9BQU8sa0NBQWtDLE9BQU8sTUFBTTtBQUFBLElBQ3RHO0FBQUEsSUFDQSxHQUFHLGVBQWUsRUFBRSxJQUFJLENBQUMsV0FBVyxLQUFLLE9BQU8sV0FBVyxNQUFNLE1BQU0sQ0FBQyxFQUFFO0FBQUEsRUFDNUUsRUFBRSxLQUFLLE1BQU07QUFDYixRQUFNLE9BQU9GLE1BQUssTUFBTSxhQUFhO0FBQ3JDLFlBQVVJLFNBQVEsSUFBSSxHQUFHLEVBQUUsV0FBVyxLQUFLLENBQUM7QUFDNUMsZ0JBQWMsTUFBTSxHQUFHLElBQUk7QUFBQSxDQUFJO0FBQ2pDOzs7QUozRjJLLElBQU1DLDRDQUEyQztBQXNCNU4sSUFBTSxPQUFPQyxlQUFjLElBQUksSUFBSSxXQUFXRCx5Q0FBZSxDQUFDO0FBQzlELElBQU0sT0FBT0UsY0FBYUMsTUFBSyxNQUFNLDhCQUE4QixHQUFHLE1BQU0sRUFBRSxLQUFLO0FBR25GLElBQU0sZ0JBQXdCO0FBQUEsRUFDNUIsTUFBTTtBQUFBLEVBQ04sU0FBUztBQUFBLEVBQ1QsVUFBVSxJQUFJLFVBQVUsU0FBUztBQUMvQixRQUFJLENBQUMsYUFBYSxLQUFLLEVBQUUsS0FBSyxDQUFDLFVBQVUsU0FBUyxLQUFLLEVBQUcsUUFBTztBQUNqRSxXQUFPLEtBQUssUUFBUSxJQUFJRixlQUFjRCx5Q0FBZSxHQUFHLEVBQUUsR0FBRyxTQUFTLFVBQVUsS0FBSyxDQUFDO0FBQUEsRUFDeEY7QUFDRjtBQUVBLElBQU0sWUFBWSxDQUFDLFNBQWlCLElBQUksTUFBTSxJQUFJLEdBQUcsUUFBUSxTQUFTLEVBQUUsQ0FBQztBQUV6RSxJQUFNLE9BQW1DLFNBQVMsSUFBSSxDQUFDLENBQUMsTUFBTSxLQUFLLE9BQU87QUFBQSxFQUN4RTtBQUFBLEVBQ0EsT0FBTztBQUFBLElBQ0wsR0FBRyxNQUFNLElBQUksQ0FBQyxDQUFDLE1BQU0sU0FBUyxPQUFPLFFBQVEsSUFBSSxDQUFDLE9BQU8sRUFBRSxNQUFNLE1BQU0sTUFBTSxJQUFJLE9BQU8sR0FBRyxFQUFFO0FBQUEsSUFDN0YsR0FBSSxTQUFTLGNBQWMsQ0FBQyxFQUFFLE1BQU0sdUJBQXVCLE1BQU0sSUFBSSxJQUFJLE9BQU8sSUFBSSxDQUFDLElBQUksQ0FBQztBQUFBLEVBQzVGO0FBQ0YsRUFBRTtBQUVGLElBQU0sTUFBTSxNQUFNLFNBQVM7QUFDM0IsY0FBYztBQUVkLElBQU0sVUFBVSxDQUFDLEVBQUUsT0FBTyxNQUFNLFNBQVMsT0FBaUQ7QUFBQSxFQUN4RixNQUFNO0FBQUEsRUFDTixHQUFJLFFBQVEsRUFBRSxNQUFNLElBQUksSUFBSSxPQUFPLElBQUksS0FBSyxRQUFRLGlCQUFpQixFQUFFLENBQUMsR0FBRztBQUFBLEVBQzNFLEdBQUksWUFBWSxFQUFFLE9BQU8sU0FBUyxJQUFJLE9BQU8sRUFBRTtBQUNqRDtBQUdBLElBQU0sWUFBWSxDQUFDLFNBQTZDO0FBQzlELFFBQU0sUUFBUSxDQUFDLEVBQUUsTUFBTSxNQUFzQixNQUFNLE1BQU0sR0FBRyxFQUFFLENBQUMsTUFBTTtBQUNyRSxRQUFNLE1BQU0sSUFDVCxPQUFPLEtBQUssRUFDWixJQUFJLENBQUMsWUFBWSxFQUFFLEdBQUcsUUFBUSxNQUFNLEdBQUcsV0FBVyxPQUFPLE1BQU0sTUFBTSxHQUFHLEVBQUUsU0FBUyxFQUFFLEVBQUU7QUFDMUYsUUFBTUksVUFBUyxJQUFJLE9BQU8sQ0FBQyxXQUFXLENBQUMsTUFBTSxNQUFNLENBQUMsRUFBRSxJQUFJLENBQUMsRUFBRSxPQUFPLEtBQUssTUFBTSxRQUFRLEVBQUUsT0FBTyxLQUFLLENBQUMsQ0FBQztBQUN2RyxTQUFPLENBQUMsR0FBRyxLQUFLLEVBQUUsTUFBTSxJQUFJLFNBQVMsSUFBSSxrQkFBa0IsV0FBVyxPQUFPQSxRQUFPLENBQUM7QUFDdkY7QUFFQSxJQUFNLFlBQVksT0FBTyxZQUFZO0FBQUEsRUFDbkMsR0FBRyxTQUFTLElBQUksQ0FBQyxTQUFTLENBQUMsSUFBSSxJQUFJLE9BQU8sSUFBSSxJQUFJLEtBQUssVUFBVSxJQUFJLENBQUMsQ0FBQztBQUFBLEVBQ3ZFLENBQUMsSUFBSSxJQUFJLE9BQU8sS0FBSyxVQUFVLEVBQUUsQ0FBQztBQUNwQyxDQUFDO0FBRUQsSUFBTyxpQkFBUSxhQUFhO0FBQUEsRUFDMUIsTUFBTTtBQUFBLEVBQ04sT0FBTztBQUFBLEVBQ1AsYUFBYTtBQUFBLEVBQ2IsTUFBTSxDQUFDLENBQUMsUUFBUSxFQUFFLEtBQUssUUFBUSxNQUFNLHNCQUFzQixtQkFBbUIsSUFBSSxDQUFDLEdBQUcsQ0FBQyxDQUFDO0FBQUEsRUFDeEYsUUFBUTtBQUFBLEVBQ1IsTUFBTTtBQUFBLEVBQ04sUUFBUUQsTUFBSyxNQUFNLElBQUk7QUFBQSxFQUN2QixVQUFVO0FBQUEsRUFDVixZQUFZLGtCQUFrQjtBQUFBLEVBQzlCLFVBQVUsRUFBRSxHQUFHLE9BQU8sQ0FBQyxHQUFHLElBQUksTUFBTSxZQUFZLEdBQUcsR0FBRyxJQUFJLE9BQU8sU0FBUztBQUFBLEVBQzFFLFdBQVc7QUFBQTtBQUFBLEVBRVgsV0FBVztBQUFBLEVBQ1gsTUFBTSxFQUFFLFdBQVdBLE1BQUssTUFBTSxhQUFhLEdBQUcsU0FBUyxDQUFDLGFBQWEsRUFBRTtBQUFBLEVBQ3ZFLFVBQVU7QUFBQSxJQUNSLE9BQU8sSUFBSTtBQUNULFlBQU0sRUFBRSxXQUFXLE9BQU8sSUFBSSxHQUFHLFNBQVM7QUFDMUMsU0FBRyxTQUFTLE1BQU0sWUFBWSxDQUFDLFFBQVEsT0FBTyxTQUFTLEtBQUssU0FBUztBQUNuRSxjQUFNLFFBQVEsT0FBTyxLQUFLO0FBQzFCLGNBQU0sT0FBTyxPQUFPLFFBQVEsTUFBTTtBQUNsQyxZQUFJLEtBQU0sUUFBTyxRQUFRLFFBQVEsU0FBU0UsVUFBUyxNQUFNLElBQUksWUFBWSxJQUFJLElBQUksR0FBRyxJQUFJLENBQUM7QUFDekYsZUFBTyxTQUFTLE9BQU8sUUFBUSxPQUFPLFNBQVMsS0FBSyxJQUFJLElBQUksS0FBSyxZQUFZLFFBQVEsT0FBTyxPQUFPO0FBQUEsTUFDckc7QUFBQSxJQUNGO0FBQUEsRUFDRjtBQUFBLEVBQ0EsbUJBQW1CLENBQUMsRUFBRSxhQUFhLE1BQ2pDLGFBQWEsV0FBVyxHQUFHLElBQUksT0FBTyxHQUFHLElBQUksRUFBRSxhQUFhLEVBQUUsV0FBVyxNQUFNLEVBQUUsSUFBSTtBQUFBLEVBQ3ZGLFdBQVc7QUFFVCxJQUFBQyxlQUFjSCxNQUFLLE1BQU0sWUFBWSxHQUFHLCtDQUErQyxJQUFJO0FBQUEsQ0FBTTtBQUNqRyxlQUFXLElBQUk7QUFBQSxFQUNqQjtBQUFBLEVBQ0EsYUFBYTtBQUFBLElBQ1gsS0FBSztBQUFBLE1BQ0gsRUFBRSxNQUFNLFNBQVMsTUFBTSxVQUFVLFdBQVcsR0FBRyxhQUFhLFVBQVU7QUFBQSxNQUN0RTtBQUFBLFFBQ0UsTUFBTTtBQUFBLFFBQ04sTUFBTSxVQUFVLDhDQUE4QztBQUFBLFFBQzlELGFBQWE7QUFBQSxNQUNmO0FBQUEsTUFDQSxFQUFFLE1BQU0sT0FBTyxNQUFNLElBQUksSUFBSSxPQUFPLEtBQUssYUFBYSxJQUFJLElBQUksT0FBTyxJQUFJO0FBQUEsTUFDekU7QUFBQSxRQUNFLE1BQU0sWUFBWSxRQUFRO0FBQUEsUUFDMUIsT0FBTztBQUFBLFVBQ0w7QUFBQSxZQUNFLE1BQU0seUJBQXlCLFFBQVEsY0FBYyxPQUFPO0FBQUEsWUFDNUQsTUFBTSxVQUFVLGFBQWE7QUFBQSxVQUMvQjtBQUFBLFVBQ0E7QUFBQSxZQUNFLE1BQU07QUFBQSxZQUNOLE1BQU0sR0FBRyxVQUFVLDJCQUEyQixDQUFDO0FBQUEsVUFDakQ7QUFBQSxVQUNBLEVBQUUsTUFBTSxvQkFBb0IsTUFBTSxHQUFHLFVBQVUsYUFBYSxDQUFDLGdCQUFnQjtBQUFBLFFBQy9FO0FBQUEsTUFDRjtBQUFBLElBQ0Y7QUFBQSxJQUNBLFNBQVMsRUFBRSxHQUFHLFdBQVcsS0FBSyxLQUFLO0FBQUEsSUFDbkMsU0FBUyxFQUFFLE9BQU8sQ0FBQyxHQUFHLENBQUMsRUFBRTtBQUFBLElBQ3pCLFFBQVEsRUFBRSxVQUFVLFFBQVE7QUFBQSxJQUM1QixhQUFhLENBQUMsRUFBRSxNQUFNLFVBQVUsTUFBTSxXQUFXLENBQUM7QUFBQSxFQUNwRDtBQUNGLENBQUM7IiwKICAibmFtZXMiOiBbInJlYWRGaWxlU3luYyIsICJ3cml0ZUZpbGVTeW5jIiwgImpvaW4iLCAicmVsYXRpdmUiLCAiZmlsZVVSTFRvUGF0aCIsICJyZWFkRmlsZVN5bmMiLCAiam9pbiIsICJqb2luIiwgInJlYWRGaWxlU3luYyIsICJyZWFkZGlyU3luYyIsICJyZWFkRmlsZVN5bmMiLCAiam9pbiIsICJyZWxhdGl2ZSIsICJyZWFkZGlyU3luYyIsICJqb2luIiwgInJlbGF0aXZlIiwgInJlYWRGaWxlU3luYyIsICJleGlzdHNTeW5jIiwgInJlYWRkaXJTeW5jIiwgInJlYWRGaWxlU3luYyIsICJkaXJuYW1lIiwgImpvaW4iLCAicmVhZEZpbGVTeW5jIiwgImpvaW4iLCAicmVhZGRpclN5bmMiLCAib3RoZXJzIiwgImV4aXN0c1N5bmMiLCAiZGlybmFtZSIsICJfX3ZpdGVfaW5qZWN0ZWRfb3JpZ2luYWxfaW1wb3J0X21ldGFfdXJsIiwgImZpbGVVUkxUb1BhdGgiLCAicmVhZEZpbGVTeW5jIiwgImpvaW4iLCAib3RoZXJzIiwgInJlbGF0aXZlIiwgIndyaXRlRmlsZVN5bmMiXQp9Cg==
