import type { Contender } from './contender';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isUuid = (value: unknown) => typeof value === 'string' && UUID.test(value);
const isText = (value: unknown, max: number) =>
  typeof value === 'string' && value.length >= 1 && value.length <= max;
const isOptionalText = (value: unknown) => value === undefined || isText(value, 256);
const isAttachment = (value: unknown) =>
  isObject(value) && isText(value.url, 8192) && isText(value.type, 256);

const isMessage = (value: unknown): boolean =>
  isObject(value) &&
  isUuid(value.channelId) &&
  isUuid(value.serverId) &&
  isText(value.text, 65_536) &&
  isText(value.entityId, 256) &&
  isOptionalText(value.entityName) &&
  isOptionalText(value.messageId) &&
  isOptionalText(value.inReplyToMessageId) &&
  (value.attachments === undefined ||
    (Array.isArray(value.attachments) &&
      value.attachments.length <= 32 &&
      value.attachments.every(isAttachment))) &&
  (value.metadata === undefined || isObject(value.metadata));

/** What is wrong with a property, said by hand for each. */
function listIssues(value: unknown): string[] {
  if (!isObject(value)) return ['must be an object'];
  const issues: string[] = [];
  const expect = (isRight: boolean, path: string) => {
    if (!isRight) issues.push(`${path} is wrong`);
  };
  expect(isUuid(value.channelId), '/channelId');
  expect(isUuid(value.serverId), '/serverId');
  expect(isText(value.text, 65_536), '/text');
  expect(isText(value.entityId, 256), '/entityId');
  expect(isOptionalText(value.entityName), '/entityName');
  expect(isOptionalText(value.messageId), '/messageId');
  expect(isOptionalText(value.inReplyToMessageId), '/inReplyToMessageId');
  const { attachments = [], metadata = {} } = value;
  if (!Array.isArray(attachments)) expect(false, '/attachments');
  else for (const [index, one] of attachments.entries()) expect(isAttachment(one), `/attachments/${index}`);
  expect(isObject(metadata), '/metadata');
  return issues;
}

/** What a careful developer writes by hand for this one event. */
export const createHandwritten = (): Contender => ({ check: isMessage, issues: listIssues });
