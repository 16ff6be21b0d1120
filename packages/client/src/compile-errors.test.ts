import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** What the compiler says of a mistake, in its own words: the mistake, and not only a type. */

const FOLDER = dirname(fileURLToPath(import.meta.url));
const FILE = join(FOLDER, 'mistakes.ts');

const MISTAKES = {
  'an event that does not exist': `channel.on('messageBroadcasted', () => {});`,
  'an event of no channel': `channel.on('messageError', () => {});`,
  'a misspelt event of the client': `chat.on('messageBrodcast', () => {});`,
  'a misspelt request': `void chat.request('send_mesage', {});`,
  'a field that is missing': `void chat.request('send_message', { text: 'Hello!' });`,
  'a misspelt option': `void chat.join('', { hsitory: 5 });`,
  'a misspelt option of a message': `void channel.send('', { metdata: {} });`,
  'a misspelt code of the connection': `if (chat.connection.get().error?.code === 'RATE_LIMTED') chat.close();`,
  'a misspelt code of a message': `if (channel.view.get().messages[0]?.error?.code === 'FORBIDEN') chat.close();`,
  'a misspelt code that was caught': `try { chat.close(); } catch (error) { if (error instanceof WirepactError && error.code === 'CLOSE') throw error; }`,
  'a channel of a client without channels': `createContractClient('http://localhost', board).channel('board', 'b1');`,
  'a status that does not exist': `if (channel.state.get().status === 'lost') chat.close();`,
} as const;

/** None of these is a mistake, though it comes close to one. */
const RIGHT = `
export const listen = <Name extends EventName<ChatProtocol>>(event: Name, listener: (payload: EventPayload<ChatProtocol, Name>) => void) =>
  chat.on(event, listener);
export const hear = <Name extends ChannelEventName<ChatProtocol>>(event: Name, listener: (payload: EventPayload<ChatProtocol, Name>) => void) =>
  channel.on(event, listener);
channel.on('messageBroadcast', ({ text }) => text.length);
createContractClient('http://localhost', board, { channels }).channel('board', 'b1').release();
if (chat.connection.get().error?.code === 'RATE_LIMITED') chat.close();
`;

const SOURCE = [
  `import { type Channel, type ChannelEventName, type ChatClient, type ChatProtocol, channels, createContractClient, type EventName, type EventPayload, WirepactError } from './index';`,
  `import { board } from '../test/board-fixture';`,
  'declare const chat: ChatClient;',
  'declare const channel: Channel;',
  ...Object.values(MISTAKES),
  RIGHT,
].join('\n');

/** The messages of the compiler for each line that has some. */
function compile(): ReadonlyMap<number, string> {
  const { config } = ts.readConfigFile(join(FOLDER, '../tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(FOLDER, '..'));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.fileExists = (path) => path === FILE || fileExists(path);
  host.readFile = (path) => (path === FILE ? SOURCE : readFile(path));
  const program = ts.createProgram([FILE], { ...options, noEmit: true }, host);
  const file = program.getSourceFile(FILE);
  const messages = ts.getPreEmitDiagnostics(program, file).map(({ messageText, start = 0 }) => {
    const { line = 0 } = file?.getLineAndCharacterOfPosition(start) ?? {};
    return [line, ts.flattenDiagnosticMessageText(messageText, '\n')] as const;
  });
  return new Map(messages);
}

const found = compile();
const lineOf = (mistake: keyof typeof MISTAKES) => SOURCE.split('\n').indexOf(MISTAKES[mistake]);

test.each<[keyof typeof MISTAKES, ...string[]]>([
  [
    'an event that does not exist',
    '"channel_joined" | "room_joined" | "messageBroadcast" | "messageComplete" | "messageDeleted" | "channelCleared" |',
    `{ 'There is no such event. Did you mean': "messageBroadcast"; }`,
  ],
  ['an event of no channel', `{ 'This event belongs to no channel. Hear it with': "ChatClient.on"; }`],
  [
    'a misspelt event of the client',
    '"connection_established" | "channel_joined" | "room_joined" | "messageBroadcast" |',
    `{ 'There is no such event. Did you mean': "messageBroadcast"; }`,
  ],
  ['a misspelt request', '"join_channel" | "send_message" | "subscribe_logs" | "unsubscribe_logs" |'],
  ['a field that is missing', 'is missing the following properties', 'channelId, serverId, entityId'],
  ['a misspelt option', `Did you mean to write 'history'?`],
  ['a misspelt option of a message', `Did you mean to write 'metadata'?`],
  ['a misspelt code of the connection', `'"RATE_LIMTED"' have no overlap`],
  ['a misspelt code of a message', `'"FORBIDEN"' have no overlap`],
  ['a misspelt code that was caught', `'"CLOSE"' have no overlap`],
  [
    'a channel of a client without channels',
    `{ 'There are none. Give createContractClient the option': "channels"; }`,
  ],
  ['a status that does not exist', `'"lost"' have no overlap`],
])('[H9] [H10] %s is told by what is wrong, and what there is', (mistake, ...texts) => {
  const message = found.get(lineOf(mistake));
  for (const text of texts) expect(message).toContain(text);
});

test('[H9] [H10] nothing else is', () => {
  expect([...found.keys()]).toEqual(Object.values(MISTAKES).map((_, index) => index + 4));
});
