/** How texts of a format are told: by a pattern of the whole text, and for times by their leap second. */
export interface Format {
  readonly source: string;
  readonly flags: '' | 'i';
  /** A pattern whose groups are hour, minute, second and offset: no pattern can tell a leap second. */
  readonly isTime?: true;
}

const LEAP_YEAR = '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';
const LONG_MONTH = '(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])';
const SHORT_MONTH = '(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)';
const FEBRUARY = '02-(?:0[1-9]|1\\d|2[0-8])';
const DATE = `(?:\\d{4}-(?:${LONG_MONTH}|${SHORT_MONTH}|${FEBRUARY})|${LEAP_YEAR}-02-29)`;

const HOUR = '([01]\\d|2[0-3])';
const TIME = `${HOUR}:([0-5]\\d):([0-5]\\d|60)(?:\\.\\d+)?(?:z|([+-])${HOUR}:([0-5]\\d))`;

const MONTHS = '\\d+M(?:\\d+D)?';
const MINUTES = '\\d+M(?:\\d+S)?';
const DAYS = `(?:\\d+Y(?:${MONTHS})?|${MONTHS}|\\d+D)`;
const HOURS = `T(?:\\d+H(?:${MINUTES})?|${MINUTES}|\\d+S)`;

const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = `(?:${BYTE}\\.){3}${BYTE}`;

const GROUP = '[\\da-f]{1,4}';
/** Eight groups in a row, or seven where an IPv4 address, which is two groups, ends them. */
const TOO_MANY_GROUPS = '(?:(?::*\\b[\\da-f]+\\b){8}|(?::*\\b[\\da-f]+\\b){7}\\.)';
const SHORTENED = `(?!${TOO_MANY_GROUPS})(?:${GROUP}(?::${GROUP})*)?::(?:(?:${GROUP}:)*(?:${GROUP}|${IPV4}))?`;
const IPV6 = `(?:(?:${GROUP}:){6}(?:${GROUP}:${GROUP}|${IPV4})|${SHORTENED})`;

const PLAIN = "\\w.~!$&'()*+,;=\\-";
const ESCAPED = '%[\\da-f]{2}';
const SEGMENT_CHARACTER = `(?:[${PLAIN}:@]|${ESCAPED})`;
const PATH = `(?:/${SEGMENT_CHARACTER}*)*`;
const IP_LITERAL = `\\[(?:${IPV6}|v[\\da-f]+\\.[${PLAIN}:]+)\\]`;
const AUTHORITY = `//(?:(?:[${PLAIN}:]|${ESCAPED})*@)?(?:${IP_LITERAL}|(?:[${PLAIN}]|${ESCAPED})*)(?::\\d*)?`;
const SCHEME = '[a-z][a-z\\d+.-]*:';
const AFTER_PATH = ['\\?', '#'].map((mark) => `(?:${mark}(?:[${PLAIN}:@/?]|${ESCAPED})*)?`).join('');
const URI_PATH = `(?:${AUTHORITY}${PATH}|/?(?:${SEGMENT_CHARACTER}+${PATH})?)`;
/** As in a URI, but for a colon in the first segment, which would end a scheme. */
const RELATIVE_PATH = `(?:${AUTHORITY}${PATH}|/(?:${SEGMENT_CHARACTER}+${PATH})?|(?:(?:[${PLAIN}@]|${ESCAPED})+${PATH})?)`;

const ATOM = "[\\w!#$%&'*+/=?^`{|}~-]+";
const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
const LOCAL_PART = `(?:${ATOM}(?:\\.${ATOM})*|"(?:[^"\\\\]|\\\\[ -~])*")`;
const EMAIL = `${LOCAL_PART}@(?:${LABEL}(?:\\.${LABEL})*|\\[(?:IPv6:[a-f\\d:]+|${IPV4})\\])`;

const whole = (source: string): Format => ({ source: `^${source}$`, flags: 'i' });
const time = (source: string): Format => ({ ...whole(source), isTime: true });

/** The formats a contract may use. */
export const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['uuid', whole('[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}')],
  ['date', whole(DATE)],
  ['time', time(TIME)],
  ['date-time', time(`${DATE}t${TIME}`)],
  ['duration', { source: `^P(?:${DAYS}(?:${HOURS})?|${HOURS}|\\d+W)$`, flags: '' }],
  ['email', whole(EMAIL)],
  ['ipv4', whole(IPV4)],
  ['ipv6', whole(IPV6)],
  ['uri', whole(`${SCHEME}${URI_PATH}${AFTER_PATH}`)],
  ['uri-reference', whole(`(?:${SCHEME}${URI_PATH}|${RELATIVE_PATH})${AFTER_PATH}`)],
  ['json-pointer', whole('(?:/(?:[^~/]|~[01])*)*')],
]);
