import * as z from 'zod4';

/** What a client may send, for those that check with zod. */
export const messageSchema = z.object({
  channelId: z.uuid(),
  serverId: z.guid(),
  text: z.string().min(1).max(65_536),
  entityId: z.string().min(1).max(256),
  entityName: z.string().min(1).max(256),
  messageId: z.string().min(1).max(256),
});

/** Which channel somebody listens to. */
export const channelSchema = z.object({ channelId: z.uuid() });
