// @vitest-environment happy-dom
import type { ChatClient } from '@wirepact/client';
import { flushSync } from 'react-dom';
import { beforeEach, expect, test } from 'vitest';
import { LOBBY } from '../../lobby';
import { mount } from '../../test/mount';
import { type ChannelList, useChannelList } from './use-channel-list';

const [PLANS, DEEDS] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

beforeEach(() => localStorage.clear());

/** A page that shows a channel, and a server that tells it of others. */
function begin(shownId = LOBBY.id) {
  const listeners = new Map<string, Set<(payload: object) => void>>();
  const chat = {
    entityId: 'ada',
    on(event: string, listener: (payload: object) => void) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      return () => void all.delete(listener);
    },
  };
  const seen = {} as { list: ChannelList };
  function Page({ id }: { id: string }) {
    seen.list = useChannelList(chat as unknown as ChatClient, id);
    return null;
  }
  const page = mount(<Page id={shownId} />);
  return {
    seen,
    open: (id: string) => page.show(<Page id={id} />),
    leave: () => page.show(null),
    countListeners: () => [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
    tell: (event: string, payload: object) =>
      flushSync(() => {
        for (const listener of listeners.get(event) ?? []) listener(payload);
      }),
  };
}

const namesOf = ({ list }: { list: ChannelList }) => list.channels.map(({ name }) => name);

test('a channel that is opened is known from then on, also by the next page', async () => {
  const { seen, open } = begin();
  open(PLANS);
  await expect.poll(() => namesOf(seen)).toEqual(['Lobby', 'Untitled channel']);
  expect(namesOf(begin(PLANS).seen)).toEqual(['Lobby', 'Untitled channel']);
});

test('what the browser has kept and is no list of channels is not shown', () => {
  localStorage.setItem('wirepact.channels', '[{"id":1,"name":"<b>"}]');
  expect(namesOf(begin().seen)).toEqual(['Lobby']);
  localStorage.setItem('wirepact.channels', '{broken');
  expect(namesOf(begin().seen)).toEqual(['Lobby']);
});

test('what becomes of a channel is told by the server', async () => {
  const { seen, open, tell } = begin();
  open(PLANS);
  await expect.poll(() => namesOf(seen)).toHaveLength(2);
  tell('channelUpdated', { channelId: PLANS, updates: { name: 'Plans' } });
  tell('channelUpdated', { channelId: PLANS, updates: { topic: 'For Friday' } });
  expect(namesOf(seen)).toEqual(['Lobby', 'Plans']);
  tell('channelDeleted', { channelId: PLANS });
  expect(namesOf(seen)).toEqual(['Lobby']);
});

test('what others say elsewhere is counted until one looks', async () => {
  const { seen, open, tell } = begin();
  tell('messageBroadcast', { roomId: PLANS, senderId: 'grace' });
  tell('messageBroadcast', { roomId: PLANS, senderId: 'grace' });
  tell('messageBroadcast', { roomId: DEEDS, senderId: 'ada' });
  tell('messageBroadcast', { roomId: LOBBY.id, senderId: 'grace' });
  expect(seen.list.unread).toEqual({ [PLANS]: 2 });
  open(PLANS);
  await expect.poll(() => seen.list.unread).toEqual({});
  tell('messageBroadcast', { roomId: PLANS, senderId: 'grace' });
  tell('messageBroadcast', { roomId: LOBBY.id, senderId: 'grace' });
  expect(seen.list.unread).toEqual({ [LOBBY.id]: 1 });
});

test('who leaves listens no more', async () => {
  const { leave, countListeners } = begin();
  await expect.poll(countListeners).toBe(3);
  leave();
  await expect.poll(countListeners).toBe(0);
});
