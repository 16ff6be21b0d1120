import { extendContract, versionRangesOf } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { createChatServer } from '../index';
import { connect, record, silent } from './test-chat';

/** A server of an extension in some version; answers with its URL and the ranges that its own clients ask for. */
async function startVersion(version: string) {
  const contract = extendContract(protocol, { name: 'board', version });
  const chat = createChatServer({ logger: silent, extension: { contract, handlers: {} } });
  onTestFinished(() => chat.close());
  const { url } = await chat.listen(0, '127.0.0.1');
  return { url, ranges: versionRangesOf(contract) };
}

test.each(['1.4.2', '0.3.1', '2.0.0-beta.1', '2.1.0-rc.1+build.7', '0.3.0-alpha'])(
  '[E2] a contract takes its own clients: %s',
  async (version) => {
    const { url, ranges } = await startVersion(version);
    const client = await connect(url, { auth: { protocol: ranges } });
    expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
  },
);

test.each([
  ['2.0.0-beta.2', '2.0.0-beta.1'],
  ['2.0.0-beta.1', '^2.0.0'],
  ['2.0.0', '2.0.0-beta.1'],
])('[E2] a pre-release promises nothing to others: %s is not %s', async (version, range) => {
  const { url } = await startVersion(version);
  const error = await new Promise<Error & { data?: unknown }>((resolve) =>
    record(url, { auth: { protocol: { board: range } } }).socket.once('connect_error', resolve),
  );
  expect(error.data).toMatchObject({ code: 'VERSION_UNSUPPORTED' });
});
