// @vitest-environment happy-dom
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'fake-indexeddb/auto';
import type { createChatServer } from '@wirepact/server';
import { type ComponentType, type ReactNode, version } from 'react';
import type { Root } from 'react-dom/client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { compileSamples } from '../../test/compile-samples';
import { serveChat } from '../../test/react-chat';
import { mount } from '../../test/react-root';
import { CHANNEL } from '../../test/socket-server';
import { ChatProvider } from './index';

/** What the guide of the bindings shows compiles, and does what it says. */

const FOLDER = import.meta.dirname;
const read = (path: string) => readFileSync(join(FOLDER, '../../../..', path), 'utf8');
const blocksOf = (path: string, language: string) =>
  [...read(path).matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, code = '']) => code,
  );

const blocks = blocksOf('docs/react.md', 'tsx');
const [page = '', , presence = '', boardPage = ''] = blocks;
const [board = ''] = blocksOf('docs/calling-a-contract.md', 'ts');

/** Writes a module; answers with its file. */
function save(name: string, code: string, extension: 'ts' | 'tsx'): string {
  const folder = join(FOLDER, '../../test-results/docs');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-${version}.${extension}`);
  writeFileSync(file, code);
  return file;
}

let runs = 0;

/** Runs a block as a module, with test values in place of those for readers. */
async function run<Exported>(code: string, replace: Record<string, string>): Promise<Exported> {
  const actual = Object.entries(replace).reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  }, code);
  runs += 1;
  return import(/* @vite-ignore */ save(`block-${runs}`, actual, 'tsx'));
}

const find = <Found extends HTMLElement>(selector: string): Found => {
  const found = document.querySelector<Found>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
};

const text = () => document.body.textContent ?? '';

test('every block compiles by itself, strictly', () => {
  expect(blocks).toHaveLength(4);
  const contract = join(FOLDER, 'sample-board.ts');
  const samples = new Map(blocks.map((code, index) => [join(FOLDER, `sample-${index}.tsx`), code]));
  expect(compileSamples(samples, new Map([[contract, board]]), contract)).toEqual([]);
});

test('the chat page is a page: history, streaming, stop, offline', async () => {
  expect(page.trim().split('\n').length).toBeLessThan(60);
  let go = () => {};
  const said = new Promise<void>((resolve) => {
    go = resolve;
  });
  const { url } = await serveChat({
    agents: [
      {
        id: '987fcdeb-51a2-43f1-b012-123456789abc',
        name: 'Echo',
        async *respond(message, { signal }) {
          yield 'You said: ';
          await Promise.race([said, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
          yield message.text;
        },
      },
    ],
  });
  const { root } = await run<{ root: Root }>(`${page}\nexport { root };`, { 'http://localhost:3000': url });
  onTestFinished(() => root.unmount());
  await expect.poll(text).toMatch(/^Send$/);
  find<HTMLInputElement>('input').value = 'Hello!';
  find<HTMLFormElement>('form').requestSubmit();
  await expect.poll(text).toBe('Ada Hello!Echo You said: SendStop');
  go();
  await expect.poll(text).toBe('Ada Hello!Echo You said: Hello!Send');
});

test('who is there and who writes is seen', async () => {
  const { url } = await serveChat();
  const { Header, Field } = await run<{
    Header: ComponentType<{ channelId: string }>;
    Field: ComponentType<{ channelId: string; onSend: (text: string) => void }>;
  }>(presence, {});
  const sent: string[] = [];
  const shown = (entityId: string) =>
    mount(
      <ChatProvider url={url} options={{ entityId, entityName: entityId }}>
        <Header channelId={CHANNEL} />
        <Field channelId={CHANNEL} onSend={(one) => sent.push(one)} />
      </ChatProvider>,
    );
  const [ada, bob] = [shown('ada'), shown('bob')];
  await expect.poll(ada.text).toBe('2 here');
  bob.element.querySelector('input')?.dispatchEvent(new Event('input', { bubbles: true }));
  await expect.poll(ada.text).toMatch(/^2 here.* …$/);
  expect(bob.text()).toBe('2 here');
  const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true });
  bob.element.querySelector('input')?.dispatchEvent(enter);
  await expect.poll(ada.text).toBe('2 here');
  expect(sent).toEqual(['']);
});

interface BoardPage {
  readonly ContractProvider: ComponentType<{ url: string; children: ReactNode }>;
  readonly Board: ComponentType<{ boardId: string }>;
  readonly MoveButton: ComponentType<{ boardId: string }>;
}

/** A server of the guide's board. */
const SERVER = `
import { createContractServer, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import { board } from '@acme/board';

const move = (cards, { payload }) => ({ ...cards, [payload.cardId]: payload.column });

export const server = createContractServer(board, {
  store: createMemoryStore(),
  logger: pino({ level: 'silent' }),
  handlers: {
    get_board: ({ channel }, { boardId }) => channel('board', boardId).reduce(move, { c1: 'todo' }),
    move_card({ channel, fail }, payload) {
      if (payload.column === 'doing') fail('CARD_LOCKED', { by: 'Bob' });
      return channel('board', payload.boardId).publish('cardMoved', payload);
    },
    async *export_cards() {},
  },
});`;

test('the board shows where its cards are, and moves them', async () => {
  const contract = save('board', board, 'ts');
  const { server } = await run<{ server: ReturnType<typeof createChatServer> }>(SERVER, {
    '@acme/board': contract,
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  const { ContractProvider, Board, MoveButton } = await run<BoardPage>(boardPage, {
    '@acme/board': contract,
  });
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  const shown = mount(
    <ContractProvider url={url}>
      <Board boardId="b1" />
      <MoveButton boardId="b1" />
    </ContractProvider>,
  );
  await expect.poll(shown.text).toBe('c1: todo DoneStart');
  const [done, start] = shown.element.querySelectorAll('button');
  start?.click();
  await expect.poll(shown.text).toBe('c1: todo DoneBob has it');
  done?.click();
  await expect.poll(shown.text).toBe('c1: done DoneBob has it');
  await expect.poll(() => log.mock.calls.flat()).toEqual(['c1 was moved']);
});
