import { isGone } from './chaos-client';
import type { ChannelDisturbance } from './disturbance';
import type { DisturbedRun } from './disturbed-run';
import type { Position } from './run-record';
import { type Member, memberAt } from './workload';

const isPosition = (reply: unknown): reply is Position =>
  typeof reply === 'object' && reply !== null && 'epoch' in reply && 'seq' in reply;

/** How long a channel may be empty of which a message is to be deleted. */
const MAX_EMPTY_MS = 20_000;

/** Changes channels while clients send to them. */
export class ChannelDisturber {
  private updates = 0;

  constructor(private readonly run: DisturbedRun) {}

  async take({ kind, client, channel }: ChannelDisturbance): Promise<void> {
    const { members, channelIds, change, workload } = this.run;
    const member = memberAt(members, client);
    const channelId = channelIds[channel] ?? '';
    if (kind === 'deleteChannel') this.deleteChannel(member, channelId);
    else if (kind === 'clear') void workload.manage(member, { kind, channelId });
    else if (kind === 'update') {
      this.updates += 1;
      const updates = { [`update${this.updates}`]: this.updates };
      void workload.manage(member, { kind, channelId, updates });
    } else {
      const last = () => member.client.view(channelId).messages.at(-1)?.id;
      await change.until(() => last() !== undefined, MAX_EMPTY_MS);
      const messageId = last();
      if (messageId !== undefined) void workload.manage(member, { kind, channelId, messageId });
    }
  }

  private deleteChannel(member: Member, channelId: string): void {
    const { log, workload } = this.run;
    const deletion = log.startDeletion(member.name, channelId);
    void workload.manage(
      member,
      { kind: 'deleteChannel', channelId },
      {
        onReply: (reply) => isPosition(reply) && log.endDeletion(deletion, reply),
        onFailure: (cause) => {
          if (isGone(cause)) deletion.outcome = 'refused';
        },
      },
    );
  }
}
