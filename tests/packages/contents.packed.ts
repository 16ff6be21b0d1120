import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, listFiles, readManifest, readText } from './installed-package';
import { PACKAGES, type PackageName, WORKSPACE } from './tarballs';

/** Files besides what every package has: its manifest, README and licence, and what is built. */
const OWN_FILES: Record<PackageName, string[]> = {
  contract: ['SPEC.md'],
  cli: ['bin/wirepact.js'],
  protocol: [
    'SPEC.md',
    'src/generated/asyncapi.json',
    'src/generated/reference.md',
    'src/generated/schema.json',
  ],
  server: ['grafana/dashboard.json'],
  client: [],
  conformance: ['bin/conformance.js'],
};

const readSourceManifest = (name: PackageName) =>
  JSON.parse(readFileSync(join(WORKSPACE, 'packages', name, 'package.json'), 'utf8'));

/** A manifest's entries without the condition that only the workspace resolves. */
const withoutSource = (exports: Record<string, string | Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(exports).map(([path, entry]) => {
      if (typeof entry === 'string') return [path, entry];
      const { '@wirepact/source': _source, ...published } = entry;
      return [path, published];
    }),
  );

describe.each(PACKAGES)('@wirepact/%s', (name) => {
  test('has what is built, its licence and its README, and nothing else', () => {
    const others = listFiles(name).filter((path) => !/^dist\/[\w-]+\.(js|js\.map|d\.ts)$/.test(path));
    expect(others).toEqual(['LICENSE', 'README.md', 'package.json', ...OWN_FILES[name]].toSorted());
  });

  test('says what it is: ES modules without side effects, for Node 20.19 or later, under the MIT licence', () => {
    expect(readManifest(name)).toMatchObject({
      name: `@wirepact/${name}`,
      license: 'MIT',
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20.19' },
    });
    expect(readText(name, 'LICENSE')).toBe(readFileSync(join(WORKSPACE, 'LICENSE'), 'utf8'));
  });

  test('has the workspace’s entries, types first, and each of their files', () => {
    const { exports } = readManifest(name);
    expect(exports).toEqual(withoutSource(readSourceManifest(name).exports));
    for (const entry of Object.values(exports)) {
      const conditions = typeof entry === 'string' ? { default: entry } : entry;
      expect(['types,default', 'default']).toContain(Object.keys(conditions).join());
      const files = Object.values(conditions).map((path) => path.slice('./'.length));
      expect(listFiles(name)).toEqual(expect.arrayContaining(files));
    }
  });

  test('depends on versions, not on the workspace', () => {
    const { dependencies = {}, version } = readManifest(name);
    for (const [dependency, range] of Object.entries(dependencies)) {
      if (dependency.startsWith('@wirepact/')) expect(range).toBe(version);
      else expect(range).toMatch(/^[\^~]?\d+\.\d+\.\d+$/);
    }
    expect(readText(name, 'package.json')).not.toMatch(/workspace:|catalog:|@wirepact\/source/);
  });

  test('has a source map for every module, with every source', () => {
    const modules = listFiles(name).filter((path) => /^dist\/.*\.js$/.test(path));
    expect(modules).not.toEqual([]);
    for (const path of modules) {
      expect(readText(name, path)).toContain(`//# sourceMappingURL=${path.slice('dist/'.length)}.map`);
      const { sources, sourcesContent = [] } = JSON.parse(readText(name, `${path}.map`));
      const missing = sources.filter(
        (source: string, index: number) =>
          typeof sourcesContent[index] !== 'string' &&
          !existsSync(join(folderOf(name), dirname(path), source)),
      );
      expect({ path, missing }).toEqual({ path, missing: [] });
    }
  });
});
