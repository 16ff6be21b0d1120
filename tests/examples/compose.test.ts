import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = new URL('../../', import.meta.url);
const EXAMPLE = new URL('examples/three-nodes/', ROOT);
const read = (name: string, base = EXAMPLE) => readFileSync(new URL(name, base), 'utf8');

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly stop_grace_period?: string;
}

const compose: { services: Record<string, Service>; volumes: object } = parse(read('compose.yaml'));
const services = Object.entries(compose.services);
const nodes = services.filter(([, { environment }]) => environment?.ROLE === 'node');
const nginx = read('nginx.conf');
const [, node] = nodes[0] ?? [];

/** Seconds of a duration that is whole seconds. */
const seconds = (text = '') => Number(/^(\d+)s$/.exec(text)?.[1]);
const millisecondsOf = (option: string, source: string) =>
  Number(new RegExp(`${option}: ([\\d_]+)`).exec(source)?.[1]?.replaceAll('_', ''));

test('three nodes are the same, and nginx passes requests on to each on its port', () => {
  expect(nodes).toHaveLength(3);
  for (const [, service] of nodes) expect(service).toEqual(node);
  const passedTo = [...nginx.matchAll(/^\s*server (\S+):(\d+) /gm)].map(([, name, port]) => [
    name,
    Number(port),
  ]);
  expect(passedTo).toEqual(nodes.map(([name]) => [name, node?.environment?.PORT]));
  const [published] = compose.services.nginx?.ports ?? [];
  expect(nginx).toMatch(new RegExp(`listen ${published?.split(':')[1]};`));
});

test('every image has a version, and what is built or mounted is there', () => {
  for (const [name, { image, build, volumes = [] }] of services) {
    expect([name, image ?? 'built']).toEqual([name, expect.stringMatching(/^(built|\w+:\d\S*)$/)]);
    if (build)
      expect(existsSync(new URL(build.dockerfile, new URL(`${build.context}/`, EXAMPLE)))).toBe(true);
    for (const volume of volumes) {
      const [source = ''] = volume.split(':');
      expect([volume, source in compose.volumes || existsSync(new URL(source, EXAMPLE))]).toEqual([
        volume,
        true,
      ]);
    }
  }
});

test('a node is told what it reads, and where what it needs is', () => {
  const reads =
    read('node.ts') + read('server.ts') + read('packages/server/src/runtime/environment.ts', ROOT);
  for (const name of Object.keys(node?.environment ?? {})) expect(reads).toMatch(new RegExp(`\\b${name}\\b`));
  const { DATABASE_URL, REDIS_URL } = node?.environment ?? {};
  for (const url of [DATABASE_URL, REDIS_URL]) {
    const { hostname } = new URL(String(url));
    expect(Object.keys(node?.depends_on ?? {})).toContain(hostname);
    expect(Object.keys(compose.services)).toContain(hostname);
  }
  const { username, password } = new URL(String(DATABASE_URL));
  expect(compose.services.postgres?.environment?.POSTGRES_PASSWORD).toBe(password);
  expect(compose.services.postgres?.healthcheck?.test).toContain(username);
});

test('who waits for a service to be healthy waits for one that is looked at', () => {
  for (const [, { depends_on = {} }] of services)
    for (const [name, { condition }] of Object.entries(depends_on))
      expect([name, condition]).toEqual([
        name,
        compose.services[name]?.healthcheck ? 'service_healthy' : 'service_started',
      ]);
  expect(node?.healthcheck?.test.join(' ')).toContain(`localhost:${node?.environment?.PORT}/readyz`);
});

test('a node has more time to end than its clients and its answers may take, and idle connections stay', () => {
  const source = read('node.ts');
  const defaults = read('packages/server/src/runtime/server-options.ts', ROOT);
  const needed = millisecondsOf('drainSpreadMs', source) + millisecondsOf('drainTimeoutMs', defaults);
  expect(needed).toBeGreaterThan(0);
  expect(seconds(node?.stop_grace_period) * 1_000).toBeGreaterThan(needed);
  // The longest that Socket.IO is silent.
  expect(seconds(/proxy_read_timeout (\w+);/.exec(nginx)?.[1])).toBeGreaterThan(45);
  expect(source).toContain('trustProxy: 1,');
});

test('the image runs a Node that the packages run on, and a program that is there', () => {
  const dockerfile = read('Dockerfile');
  const { engines } = JSON.parse(read('packages/server/package.json', ROOT));
  const [, least] = /^>=(\d+)/.exec(engines.node) ?? [];
  expect(Number(/^FROM node:(\d+)/.exec(dockerfile)?.[1])).toBeGreaterThanOrEqual(Number(least));
  const [, workdir = '', command = '[]'] =
    /WORKDIR \/app\/(\S+)\n(?:#.*\n)*CMD (\[.*\])/.exec(dockerfile) ?? [];
  const [, program = ''] = JSON.parse(command);
  expect(existsSync(new URL(program, new URL(`${workdir}/`, ROOT)))).toBe(true);
  const { name } = JSON.parse(read('package.json'));
  expect(dockerfile).toContain(`--filter "${name}..."`);
});
