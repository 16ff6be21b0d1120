import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { mustRefuse } from '../../check/refused-connection';
import { dataOf } from '../../wire/packet';
import type { ChatRow, ChatTrial } from '../chat/chat-trial';

/** Events of the protocol's versions up to 1.1, which every server of it handles. */
const EVENTS = [
  'join_channel',
  'send_message',
  'leave_channel',
  'list_messages',
  'heartbeat',
  'set_log_filter',
];

/** How a connection is refused that asks for `protocol`. @throws Violation Where it is let in. */
const refusal = ({ trial }: ChatTrial, protocol: unknown) =>
  mustRefuse(trial, { auth: { protocol } }, `a client that asks for ${show(protocol)}`);

/** What a client and a server say of the versions they speak, and what keeps a connection up. */
export const VERSIONS: readonly ChatRow[] = [
  [
    'VERS-1',
    'the greeting says which version the server speaks',
    async (chat) => {
      const [greeting] = (await chat.connect()).all('connection_established');
      const version = greeting?.protocolVersion;
      must(
        typeof version === 'string' && /^1\.\d+\.\d+/.test(version),
        `protocolVersion is ${show(version)}`,
      );
    },
  ],
  [
    'VERS-2',
    'the greeting names the events that the server handles',
    async (chat) => {
      const [greeting] = (await chat.connect()).all('connection_established');
      const capabilities = greeting?.capabilities;
      must(Array.isArray(capabilities), `the capabilities are ${show(capabilities)}`);
      const missing = EVENTS.filter((event) => !capabilities.includes(event));
      mustEqual(missing, [], 'what is missing among the capabilities');
    },
  ],
  [
    'VERS-3',
    'a client whose range has the server’s version is served',
    async (chat) => {
      for (const protocol of ['^1.0.0', '*', { 'wirepact-chat': '^1.0.0' }])
        await chat.connect({ auth: { protocol } });
    },
  ],
  [
    'VERS-4',
    'a client whose range does not have it is refused, with VERSION_UNSUPPORTED and no event',
    async (chat) => {
      const error = await refusal(chat, '^9.0.0');
      mustHave(error, { code: 'VERSION_UNSUPPORTED', retryable: false }, 'the data of connect_error');
    },
  ],
  [
    'VERS-5',
    'every contract that a client names has to be one that the server speaks',
    async (chat) => {
      const error = await refusal(chat, { 'wirepact-chat': '^1.0.0', 'no-such-contract': '^1.0.0' });
      mustHave(error, { code: 'VERSION_UNSUPPORTED' }, 'the data of connect_error');
    },
  ],
  [
    'VERS-6',
    'what is no range is refused',
    async (chat) => {
      for (const protocol of ['newest', 7, null, ['^1.0.0'], `^1.0.0${' || ^1.0.0'.repeat(40)}`]) {
        const error = await refusal(chat, protocol);
        mustHave(error, { code: 'VERSION_UNSUPPORTED' }, `the data of connect_error for ${show(protocol)}`);
      }
    },
  ],
  [
    'BEAT-1',
    'heartbeat is answered with the time of the server, and with no event',
    async (chat) => {
      const client = await chat.connect();
      const before = client.packets.length;
      const { time } = dataOf(await client.ask('heartbeat'));
      must(Number.isSafeInteger(time) && Number(time) > 1e12, `the time is ${show(time)}`);
      mustEqual(client.packets.length, before, 'how many events came');
    },
  ],
];
