import * as z from 'zod4';
import type { Contender } from './contender';

const text = (max: number) => z.string().min(1).max(max);
/** As the schema has it: any version, the nil UUID too. */
const uuid = z.guid();

const message = z.looseObject({
  channelId: uuid,
  serverId: uuid,
  text: text(65_536),
  entityId: text(256),
  entityName: text(256).optional(),
  messageId: text(256).optional(),
  inReplyToMessageId: text(256).optional(),
  attachments: z
    .array(z.looseObject({ url: text(8192), type: text(256) }))
    .max(32)
    .optional(),
  metadata: z.looseObject({}).optional(),
});

/** The same event in zod. */
export const createZod = (): Contender => ({
  check: (value) => message.safeParse(value).success,
  issues: (value) => message.safeParse(value).error?.issues ?? [],
});
