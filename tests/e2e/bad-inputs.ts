import { randomUUID } from 'node:crypto';
import type { Fields } from './seed-client';

/** One bad payload; `refusal` is what its code may be. */
export interface BadInput {
  readonly name: string;
  readonly payload: unknown;
  readonly refusal: RegExp;
}

const MEGABYTE = 'x'.repeat(1_048_576);
const INVALID = /^INVALID_(PAYLOAD|UUID)$/;
const REFUSED = /^(INVALID_PAYLOAD|PAYLOAD_TOO_LARGE)$/;

/** An event with a valid payload, and what its fields must not be. */
interface EventSample {
  readonly valid: () => Fields;
  readonly required: readonly string[];
  /** Wrong values by field. A field that is a UUID has `'no-uuid'` among them. */
  readonly wrong: Readonly<Record<string, readonly unknown[]>>;
}

const NO_STRING = [null, 7, true, [], {}, ['a']];
const NO_UUID = [...NO_STRING, '', 'no-uuid', '123e4567-e89b-12d3-a456-42661417400'];
const NO_NAME = [...NO_STRING, '', 'x'.repeat(257)];
const NO_OBJECT = [null, 7, true, 'a', []];
const NO_COUNT = [1e21, null, '7', true, [], {}, -1, 1.5];
/** Links that a page must not follow, in the spellings that browsers understand. */
export const UNSAFE_LINKS = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  'vbscript:x',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml,<svg onload="alert(1)"/>',
  'file:///etc/passwd',
  'blob:https://example.org/x',
];
/** Links that a page may follow. */
export const SAFE_LINKS = [
  'https://example.org/a b.png?c=d#e',
  'HTTP://example.org',
  '/media/a.png',
  'a.png',
  '//example.org/a.png',
  '?q=a:b',
  './a:b',
  'data:image/png;base64,iVBORw0KGgo=',
  'data:audio/ogg;base64,T2dn',
];
const POSITION = { epoch: 'e', seq: 1 };
const NO_POSITION = [
  ...[...NO_OBJECT, {}, { epoch: 'e' }, { seq: 1 }],
  ...NO_COUNT.map((seq) => ({ ...POSITION, seq })),
  ...[...NO_STRING, '', 'x'.repeat(65)].map((epoch) => ({ ...POSITION, epoch })),
];

const ofChannel = (): Fields => ({ channelId: randomUUID() });

/** A sample of every event that carries a payload. */
export const SAMPLES: Readonly<Record<string, EventSample>> = {
  join_channel: {
    valid: () => ({ channelId: randomUUID(), entityId: 'user-123' }),
    required: ['channelId'],
    wrong: {
      channelId: NO_UUID,
      roomId: NO_UUID,
      agentId: NO_UUID,
      entityId: NO_NAME,
      serverId: NO_UUID,
      resume: NO_POSITION,
      metadata: [...NO_OBJECT, { isDm: 'true' }, { isDm: null }, { channelType: 7 }],
    },
  },
  send_message: {
    valid: () => ({ channelId: randomUUID(), serverId: randomUUID(), text: 'Hello!', entityId: 'user-123' }),
    required: ['channelId', 'serverId', 'text', 'entityId'],
    wrong: {
      channelId: NO_UUID,
      serverId: NO_UUID,
      text: [...NO_STRING, '', 'x'.repeat(65_537)],
      entityId: NO_NAME,
      entityName: NO_NAME,
      messageId: NO_NAME,
      inReplyToMessageId: NO_NAME,
      attachments: [
        null,
        7,
        'a',
        {},
        [null],
        ['a'],
        [{}],
        [{ url: 'u' }],
        [{ url: 7, type: 't' }],
        [[]],
        ...UNSAFE_LINKS.map((url) => [{ url, type: 'text/html' }]),
      ],
      metadata: NO_OBJECT,
    },
  },
  set_log_filter: {
    valid: () => ({ level: 'info' }),
    required: [],
    wrong: {
      level: [...NO_STRING, '', 'trace', 'INFO'],
      agentId: NO_UUID,
      category: NO_NAME,
    },
  },
  leave_channel: { valid: ofChannel, required: ['channelId'], wrong: { channelId: NO_UUID } },
  list_messages: {
    valid: ofChannel,
    required: ['channelId'],
    wrong: {
      channelId: NO_UUID,
      entityId: NO_NAME,
      limit: [...NO_COUNT, 0, 201, 1e21],
      before: NO_COUNT,
      after: NO_COUNT,
    },
  },
  delete_message: {
    valid: () => ({ ...ofChannel(), messageId: randomUUID() }),
    required: ['channelId', 'messageId'],
    wrong: { channelId: NO_UUID, messageId: NO_UUID },
  },
  cancel_response: {
    valid: () => ({ ...ofChannel(), messageId: randomUUID() }),
    required: ['channelId', 'messageId'],
    wrong: { channelId: NO_UUID, messageId: NO_UUID },
  },
  begin_answer: {
    valid: () => ({
      ...{ ...ofChannel(), inReplyToMessageId: randomUUID(), seq: 1 },
      ...{ entityId: 'eliza', entityName: 'Eliza' },
    }),
    required: ['channelId', 'inReplyToMessageId', 'seq', 'entityId', 'entityName'],
    wrong: {
      ...{ channelId: NO_UUID, inReplyToMessageId: NO_UUID, seq: NO_COUNT },
      ...{ entityId: NO_NAME, entityName: NO_NAME },
    },
  },
  continue_answer: {
    valid: () => ({ ...ofChannel(), messageId: randomUUID(), entityId: 'eliza', index: 0, parts: [] }),
    required: ['channelId', 'messageId', 'entityId', 'index', 'parts'],
    wrong: {
      ...{ channelId: NO_UUID, messageId: NO_UUID, entityId: NO_NAME, index: NO_COUNT },
      end: [...NO_STRING, '', 'DONE'],
      parts: [
        ...NO_OBJECT,
        ...[7, { text: 7 }, { thought: 7 }, { tool: {} }, { attachment: {} }].map((part) => [part]),
        ...UNSAFE_LINKS.map((url) => [{ attachment: { url, type: 'text/html' } }]),
        Array.from({ length: 65 }, () => ({})),
      ].filter((parts) => !Array.isArray(parts) || parts.length > 0),
    },
  },
  watch_presence: {
    valid: () => ({ ...ofChannel(), watching: false }),
    required: ['channelId', 'watching'],
    wrong: { channelId: NO_UUID, watching: [null, 0, 'true', [], {}] },
  },
  update_presence: {
    valid: () => ({ ...ofChannel(), state: { typing: true }, ttlMs: 5_000 }),
    required: ['channelId'],
    wrong: {
      channelId: NO_UUID,
      state: [...NO_OBJECT, ...[null, 1, 'yes', [], {}].map((typing) => ({ typing }))],
      ttlMs: NO_COUNT,
    },
  },
  clear_channel: { valid: ofChannel, required: ['channelId'], wrong: { channelId: NO_UUID } },
  update_channel: {
    valid: () => ({ ...ofChannel(), updates: { name: 'Support' } }),
    required: ['channelId', 'updates'],
    wrong: {
      channelId: NO_UUID,
      updates: [
        ...NO_OBJECT,
        ...[...NO_STRING, 'x'.repeat(257)].map((name) => ({ name })),
        ...[...NO_STRING, 'x'.repeat(4_097)].map((topic) => ({ topic })),
      ],
    },
  },
  delete_channel: { valid: ofChannel, required: ['channelId'], wrong: { channelId: NO_UUID } },
  authenticate: { valid: () => ({ auth: { token: 't' } }), required: ['auth'], wrong: { auth: NO_OBJECT } },
};

/** Arrays inside each other, so deep that recursion would overflow. */
function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

/** `fields` with one more, which may be called `__proto__`: JSON sends it like any other. */
function withField(fields: Fields, name: string, value: unknown): Fields {
  const result = { ...fields };
  Object.defineProperty(result, name, { value, enumerable: true });
  return result;
}

const short = (value: unknown) => JSON.stringify(value).slice(0, 40);

function missingFields({ valid, required }: EventSample): BadInput[] {
  return required.map((field) => {
    const { [field]: _missing, ...payload } = valid();
    return { name: `no ${field}`, payload, refusal: /^INVALID_PAYLOAD$/ };
  });
}

function wrongFields({ valid, wrong }: EventSample): BadInput[] {
  return Object.entries(wrong).flatMap(([field, values]) =>
    values.map((value) => ({
      name: `${field} ${short(value)}`,
      payload: { ...valid(), [field]: value },
      refusal: INVALID,
    })),
  );
}

/** What no event takes in place of its payload, or in it. */
function wrongPayloads({ valid }: EventSample): BadInput[] {
  const manyKeys = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key${index}`, index]));
  const pollution: unknown = JSON.parse('{"__proto__":{"polluted":true}}');
  const whole = {
    null: null,
    'an array': [],
    'a string': 'x',
    'a number': 7,
    true: true,
  };
  return [
    ...Object.entries(whole).map(([name, payload]) => ({ name, payload, refusal: /^INVALID_PAYLOAD$/ })),
    { name: 'an array of a payload', payload: [valid()], refusal: /^INVALID_PAYLOAD$/ },
    { name: '1,000 keys more', payload: { ...valid(), ...manyKeys }, refusal: /^PAYLOAD_TOO_LARGE$/ },
    { name: '60 levels', payload: { ...valid(), x: nested(60) }, refusal: /^PAYLOAD_TOO_LARGE$/ },
    { name: '1 MB in a field', payload: { ...valid(), text: MEGABYTE }, refusal: /^PAYLOAD_TOO_LARGE$/ },
    { name: '1 MB in metadata', payload: { ...valid(), metadata: { a: MEGABYTE } }, refusal: REFUSED },
    { name: '1 MB in all', payload: MEGABYTE, refusal: REFUSED },
    { name: '__proto__', payload: withField(valid(), '__proto__', {}), refusal: /^INVALID_PAYLOAD$/ },
    { name: '__proto__ inside', payload: { ...valid(), x: pollution }, refusal: /^INVALID_PAYLOAD$/ },
    {
      name: 'constructor.prototype',
      payload: { ...valid(), constructor: { prototype: {} } },
      refusal: /^INVALID_PAYLOAD$/,
    },
  ];
}

/** Every bad input of one event. */
export const badInputsOf = (sample: EventSample): BadInput[] => [
  ...missingFields(sample),
  ...wrongFields(sample),
  ...wrongPayloads(sample),
];
