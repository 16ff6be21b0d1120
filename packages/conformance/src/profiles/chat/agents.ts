import { oncePerTarget } from '../../check/once-per-target';
import type { Target } from '../../check/target';
import { Trial } from '../../check/trial';
import { Violation } from '../../check/violation';
import { ChatTrial } from './chat-trial';

/** How long an agent may take to begin, of the time that is waited for anything else. */
const SHARE = 0.2;
/** What members are told while an agent answers. */
const ANSWERS = ['messageStreamChunk', 'messageComplete'];

/** Sends a message and waits for somebody to answer. */
async function findAgent(target: Target): Promise<boolean> {
  const chat = new ChatTrial(new Trial(target, 'looking for an agent'));
  try {
    const { channelId, client } = await chat.channel();
    await chat.say(client, channelId);
    const begun = () => ANSWERS.find((event) => client.all(event).length > 0);
    await client.until(begun, 'no agent answers', target.patienceMs * SHARE).catch((error: unknown) => {
      if (!(error instanceof Violation)) throw error;
    });
    return begun() !== undefined;
  } finally {
    chat.trial.close();
  }
}

const hasAgents = oncePerTarget(findAgent);

/** Skips a check that counts what happens in a channel, where agents would join in. */
export async function needsQuiet({ trial }: ChatTrial): Promise<void> {
  if (await hasAgents(trial.target))
    trial.skip('agents answer on this server, in between what is counted; check it without them as well');
}

/** Skips a check of what agents do, where there are none. */
export async function needsAgent({ trial }: ChatTrial): Promise<void> {
  if (!(await hasAgents(trial.target))) trial.skip('no agent answers on this server');
}
