// @vitest-environment happy-dom
import { expect, onTestFinished, test } from 'vitest';
import { board } from '../../test/board-fixture';
import { countListeners } from '../../test/count-listeners';
import { QUICK, serveChat } from '../../test/react-chat';
import { mount } from '../../test/react-root';
import { serveBoard } from '../../test/serve-board';
import { CHANNEL } from '../../test/socket-server';
import { createChatClient } from '../index';
import { ChatProvider, createContractHooks, type Typing, usePresence, useTyping } from './index';

/** Shows who is in a channel of the chat and who types, as one of its members. */
function enter(url: string, entityId: string) {
  const seen = { renders: 0 } as { typing: Typing; renders: number; writer: boolean };
  const Here = () => {
    const { members, count } = usePresence(CHANNEL);
    return `${members.map(({ identity }) => identity.entityId).sort()} (${count})`;
  };
  function Writer() {
    seen.typing = useTyping(CHANNEL);
    seen.renders += 1;
    return ` typing: ${seen.typing.typing.map(({ identity }) => identity.entityId)}`;
  }
  const chat = createChatClient(url, { ...QUICK, entityId });
  onTestFinished(() => chat.close());
  const { client, count } = countListeners(chat);
  const shown = (isWriting: boolean) => (
    <ChatProvider client={client}>
      <Here />
      {isWriting && <Writer />}
    </ChatProvider>
  );
  const page = mount(shown(true));
  return { ...page, seen, count, putDown: () => page.show(shown(false)) };
}

test('members see who is there, and who else is writing', async () => {
  const { url } = await serveChat({ presence: { intervalMs: 20 } });
  const [ada, bob] = [enter(url, 'ada'), enter(url, 'bob')];
  await expect.poll(ada.text).toBe('ada,bob (2) typing: ');
  bob.seen.typing.setTyping(true);
  await expect.poll(ada.text).toBe('ada,bob (2) typing: bob');
  expect(bob.text()).toBe('ada,bob (2) typing: ');
  bob.seen.typing.setTyping(false);
  await expect.poll(ada.text).toBe('ada,bob (2) typing: ');
  bob.unmount();
  await expect.poll(ada.text).toBe('ada (1) typing: ');
  ada.unmount();
  await expect.poll(ada.count).toBe(0);
});

test('what a component says ends with it', async () => {
  const { url } = await serveChat({ presence: { intervalMs: 20 } });
  const [ada, bob] = [enter(url, 'ada'), enter(url, 'bob')];
  await expect.poll(ada.text).toBe('ada,bob (2) typing: ');
  bob.seen.typing.setTyping(true);
  await expect.poll(ada.text).toBe('ada,bob (2) typing: bob');
  bob.putDown();
  await expect.poll(ada.text).toBe('ada,bob (2) typing: ');
  expect(bob.text()).toBe('ada,bob (2)');
});

test('who comes and goes does not render who looks at those who write', async () => {
  const { url } = await serveChat({ presence: { intervalMs: 20 } });
  const ada = enter(url, 'ada');
  await expect.poll(ada.text).toBe('ada (1) typing: ');
  const { renders } = ada.seen;
  const { setTyping } = ada.seen.typing;
  enter(url, 'bob');
  await expect.poll(ada.text).toBe('ada,bob (2) typing: ');
  expect(ada.seen.renders).toBe(renders);
  expect(ada.seen.typing.setTyping).toBe(setTyping);
});

const hooks = createContractHooks(board);

test('members of a room of any contract see what the others do there', async () => {
  const { url } = await serveBoard();
  function Cursor({ at }: { at: number }) {
    const { members, count, set } = hooks.usePresence('board', 'b1');
    return (
      <button type="button" onClick={() => set({ at })}>
        {members
          .map(({ identity, state }) => `${identity.entityId} ${state?.at ?? '-'}`)
          .sort()
          .join()}{' '}
        ({count})
      </button>
    );
  }
  const shown = (as: string, at: number) =>
    mount(
      <hooks.ContractProvider url={url} options={{ transports: ['websocket'], auth: { as } }}>
        <Cursor at={at} />
      </hooks.ContractProvider>,
    );
  const [ada, bob] = [shown('ada', 1), shown('bob', 2)];
  await expect.poll(ada.text).toBe('ada -,bob - (2)');
  bob.element.querySelector('button')?.click();
  await expect.poll(ada.text).toBe('ada -,bob 2 (2)');
  bob.unmount();
  await expect.poll(ada.text).toBe('ada - (1)');
});
