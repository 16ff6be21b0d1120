import { expect, onTestFinished, test, vi } from 'vitest';
import { readCodeBlocks, runCodeBlock, writeModule } from './code-blocks';

const [contract = '', server = '', client = '', chatClient = ''] = readCodeBlocks('docs/presence.md');

interface Member {
  readonly identity: { readonly entityId: string; readonly name?: string };
  readonly state?: unknown;
}
type Members = { readonly get: () => readonly Member[] };
type Page = { readonly members: Members; readonly [name: string]: unknown };

const closeAfterwards = (value: unknown) =>
  onTestFinished(async () => {
    await Object(value).close();
  });

test('the guide’s pages see each other, who types, and where the cursor is', async () => {
  vi.stubEnv('LOG_LEVEL', 'silent');
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  const board = writeModule('presence-board', contract);
  const served = await runCodeBlock(server, { '@acme/board': board, 'listen(3001)': 'listen(0)' });
  closeAfterwards(served.server);
  const open = async (name: string) => {
    const places = { '@acme/board': board, 'http://localhost:3001': String(served.url) };
    const page = await runCodeBlock(client, { ...places, "name: 'ada'": `name: '${name}'` });
    closeAfterwards(page.client);
    return page as unknown as Page;
  };
  const [ada, bob] = [await open('ada'), await open('bob')];
  const bobs = () => ada.members.get().find(({ identity }) => identity.entityId === 'bob');
  await expect
    .poll(() => bobs()?.identity)
    .toEqual({
      ...{ entityId: 'bob', name: 'bob of Acme', avatar: '/avatars/bob.png' },
    });
  Object(bob).onInput();
  await expect.poll(() => bobs()?.state).toEqual({ typing: true });
  await expect.poll(() => log.mock.calls.map((words) => words.join(' '))).toContain('bob of Acme is typing');
  Object(bob).onPointerMove(3, 4);
  await expect.poll(() => bobs()?.state).toEqual({ cursor: { x: 3, y: 4 } });
  Object(bob).clear();
  await expect.poll(() => bobs()).not.toHaveProperty('state');
  Object(bob.client).close();
  await expect.poll(() => ada.members.get().map(({ identity }) => identity.entityId)).toEqual(['ada']);
});

test('the guide’s chat shows who types', async () => {
  const { createChatServer, createMemoryStore } = await import('@wirepact/server');
  vi.stubEnv('LOG_LEVEL', 'silent');
  onTestFinished(() => void vi.unstubAllEnvs());
  const chat = createChatServer({ store: createMemoryStore() });
  closeAfterwards(chat);
  const { url } = await chat.listen(0);
  const page = (await runCodeBlock(chatClient, { 'http://localhost:3000': url })) as unknown as Page;
  closeAfterwards(page.chat);
  await expect.poll(() => page.members.get()).toHaveLength(1);
  Object(page).onInput();
  await expect.poll(() => page.members.get()[0]?.state).toEqual({ typing: true });
});
