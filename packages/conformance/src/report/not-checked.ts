/** Rules that no check is made of, and why none can be. */
export interface NotChecked {
  /** One or more ids, such as `STORE-2`. */
  readonly rules: readonly string[];
  /** Ends the sentence “It is not checked, as …”. */
  readonly reason: string;
}

const upTo = (area: string, last: number): string[] =>
  Array.from({ length: last }, (_, index) => `${area}-${index + 1}`);

/** Every rule that has no check, once. */
export const NOT_CHECKED: readonly NotChecked[] = [
  {
    rules: [...upTo('CLIENT', 15), ...upTo('FOREIGN', 11), 'TURN-8', 'STREAMING-10', 'CALL-5', 'STREAM-3'],
    reason: 'it binds clients, and the kit is one',
  },
  {
    rules: ['ROOM-11', 'ROOM-12', 'PRESENCE-8', 'ASK-2', 'ASK-4'],
    reason: 'it binds clients, or whoever waits for their answers',
  },
  {
    rules: ['CONN-1', 'CONN-3', 'RATE-2', 'CALL-4', 'PRES-4', 'PRES-5', 'SEQ-8'],
    reason: 'it is about what the host sets or writes, inside the server',
  },
  {
    rules: ['CONN-10', 'ERR-17', 'STORE-2', 'TURN-7'],
    reason: 'the server would have to close, or to be started again',
  },
  {
    rules: ['ERR-15', 'ERR-23', 'STORE-3', 'STORE-4', 'SEQ-7'],
    reason: 'its store, or the host’s code, would have to fail',
  },
  {
    rules: ['MGMT-9', 'LEAVE-6', 'ROOM-9'],
    reason: 'only the host does it, and clients have no event for it',
  },
  {
    rules: ['ASK-1', 'ASK-3', 'TRACE-2'],
    reason: 'only the application knows when its server asks or traces',
  },
  {
    rules: ['JOIN-16', 'TURN-5', 'PRESENCE-7', 'RESUME-8', 'STORE-6', 'RATE-1'],
    reason: 'it needs to be known how much the server keeps or allows, which it does not say',
  },
  {
    rules: ['CONN-14', 'STREAMING-8', 'PRESENCE-9'],
    reason: 'the kit would have to read slowly, and to be sent many megabytes',
  },
  {
    rules: [
      'AGENT-2',
      'AGENT-6',
      'AGENT-7',
      'STREAMING-4',
      'STREAMING-7',
      'STREAMING-9',
      'STREAM-6',
      'ELIZA-10',
    ],
    reason: 'it depends on what an agent or a stream says, or on its failing',
  },
  {
    rules: ['AGENT-8', 'AGENT-10'],
    reason: 'how many agents there are is not told, nor how many messages each answers at once',
  },
  {
    rules: ['REMOTE-7'],
    reason: 'it takes ten seconds of nothing, which are not to be told from a slow server',
  },
  {
    rules: ['RATE-3', 'RATE-6', 'RATE-7', 'RATE-8'],
    reason: 'the kit has one address, and behind a balancer each process may count for itself',
  },
  {
    rules: ['RATE-10', 'PRES-6', 'PRESENCE-10', 'PRESENCE-11'],
    reason: 'it is about several processes, which a client cannot choose between',
  },
  { rules: ['LOG-1'], reason: 'what is logged is the server’s choice; where entries come, they are checked' },
  { rules: ['ELIZA-13', 'ELIZA-14', 'ELIZA-15'], reason: 'it is about HTTP, whose routes the host chooses' },
  {
    rules: upTo('DIALECT', 5),
    reason:
      'a contract does not say which other wires its server speaks; that of ElizaOS has its own profile',
  },
];

/** The table in the documentation. */
export const formatNotChecked = (): string =>
  [
    '| rules | why not |',
    '|---|---|',
    ...NOT_CHECKED.map(({ rules, reason }) => `| ${rules.join(', ')} | ${reason} |`),
  ].join('\n');
