import * as v from 'valibot';
import type { Contender } from './contender';

const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
const uuid = v.pipe(v.string(), v.uuid());

const message = v.looseObject({
  channelId: uuid,
  serverId: uuid,
  text: text(65_536),
  entityId: text(256),
  entityName: v.optional(text(256)),
  messageId: v.optional(text(256)),
  inReplyToMessageId: v.optional(text(256)),
  attachments: v.optional(
    v.pipe(v.array(v.looseObject({ url: text(8192), type: text(256) })), v.maxLength(32)),
  ),
  metadata: v.optional(v.looseObject({})),
});

/** The same event in valibot. */
export const createValibot = (): Contender => ({
  check: (value) => v.is(message, value),
  issues: (value) => v.safeParse(message, value).issues ?? [],
});
