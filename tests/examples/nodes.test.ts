import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Nodes } from '../../examples/three-nodes/nodes';

/** A node that notes its lives; those of the lives in DOOMED end before they are ready. */
const PROGRAM = `
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const { LIVES, DOOMED } = process.env;
appendFileSync(LIVES, process.pid + '\\n');
const life = readFileSync(LIVES, 'utf8').trim().split('\\n').length;
const isDoomed = DOOMED.split(',').includes(String(life));
const server = createServer((request, response) => {
  response.writeHead(isDoomed ? 503 : 200).end();
  if (isDoomed) process.exit(1);
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.once('SIGTERM', () => process.exit());
process.once('disconnect', () => process.exit());
`;

async function createNodes(doomed: readonly number[]) {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-nodes-'));
  const program = join(folder, 'node.mjs');
  const lives = join(folder, 'lives');
  await writeFile(program, PROGRAM);
  const nodes = new Nodes(program, { LIVES: lives, DOOMED: doomed.join() });
  const said = vi.spyOn(console, 'error').mockReturnValue();
  const told = vi.spyOn(console, 'log').mockReturnValue();
  onTestFinished(async () => {
    await nodes.stop();
    said.mockRestore();
    told.mockRestore();
    await rm(folder, { recursive: true });
  });
  const readPids = async () => (await readFile(lives, 'utf8')).trim().split('\n').map(Number);
  return { nodes, readPids, said };
}

test('a node that ends before it is ready is an error of its start, and not waited for', async () => {
  const { nodes, readPids } = await createNodes([1]);
  await expect(nodes.start()).rejects.toThrow('A node ended before it was ready.');
  expect(nodes.readyPorts()).toEqual([]);
  await nodes.start();
  expect(nodes.readyPorts()).toHaveLength(1);
  expect(await readPids()).toHaveLength(2);
});

test('a node that was ready and is killed is started again, until that succeeds', async () => {
  const { nodes, readPids, said } = await createNodes([2]);
  await nodes.start();
  const [port] = nodes.readyPorts();
  const [pid = 0] = await readPids();
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => nodes.readyPorts().filter((other) => other !== port)).toHaveLength(1);
  expect(await readPids()).toHaveLength(3);
  expect(said).toHaveBeenCalledOnce();
});

test('where the new node does not come up the old ones stay, and replacing can be tried again', async () => {
  const { nodes, said } = await createNodes([2]);
  await nodes.start();
  const before = nodes.readyPorts();
  await nodes.replaceAll();
  expect(nodes.readyPorts()).toEqual(before);
  expect(said).toHaveBeenCalledOnce();
  await nodes.replaceAll();
  expect(nodes.readyPorts()).toHaveLength(1);
  expect(nodes.readyPorts()).not.toEqual(before);
});
