// @vitest-environment happy-dom
import { version } from 'react';
import { expect, test } from 'vitest';
import { useChatFixture } from '../../test/chat-fixture';
import { mount } from '../../test/react-root';
import { CHANNEL, failure, success } from '../../test/socket-server';
import { ChatProvider, useChannel, useConnection } from './index';

const fixture = useChatFixture();
const OPTIONS = { transports: ['websocket' as const], reconnectionDelay: 5, heartbeatIntervalMs: 0 };

const Status = () => <p>{useConnection().status}</p>;
function Room({ id = CHANNEL, history = 0 }: { id?: string; history?: number }) {
  const { state, error, join } = useChannel(id, { history });
  return (
    <button type="button" onClick={join}>
      {state} {error?.code}
    </button>
  );
}

test('runs', async () => {
  console.log(version);
  const page = mount(
    <ChatProvider url={fixture.server.url} options={OPTIONS}>
      <Status />
      <Room />
      <Room />
    </ChatProvider>,
  );
  await expect.poll(page.text).toBe('connectedjoined joined ');
  expect(fixture.server.sockets).toHaveLength(1);
  expect(fixture.server.events).toEqual(['join_channel']);
  page.unmount();
  await expect.poll(() => fixture.server.io.sockets.sockets.size).toBe(0);
});
