import { oncePerTarget } from '../../check/once-per-target';
import type { Target } from '../../check/target';
import { Trial } from '../../check/trial';
import { Violation } from '../../check/violation';
import { ChatTrial } from './chat-trial';

/** How long an agent may take to begin, of the time that is waited for anything else. */
const SHARE = 0.2;
/** What members are told while an agent answers. */
const ANSWERS = ['messageStreamChunk', 'messageComplete'];

/** What is known of the agents of a server. */
interface Agents {
  /** Whether any of them answers. */
  readonly answer: boolean;
  /** The id of one that does; `undefined` where it did not say. */
  readonly id: string | undefined;
}

/** Sends a message and waits for somebody to answer. */
async function findAgents(target: Target): Promise<Agents> {
  const chat = new ChatTrial(new Trial(target, 'looking for an agent'));
  try {
    const { channelId, client } = await chat.channel();
    await chat.say(client, channelId);
    const begun = () => ANSWERS.find((event) => client.all(event).length > 0);
    await client.until(begun, 'no agent answers', target.patienceMs * SHARE).catch((error: unknown) => {
      if (!(error instanceof Violation)) throw error;
    });
    const [chunk] = client.all('messageStreamChunk');
    const answer = client.all('messageBroadcast').find(({ source }) => source === 'agent_response');
    const id = chunk?.agentId ?? answer?.senderId;
    return { answer: begun() !== undefined, id: typeof id === 'string' ? id : undefined };
  } finally {
    chat.trial.close();
  }
}

const agentsOf = oncePerTarget(findAgents);

/** Skips a check that counts what happens in a channel, where agents would join in. */
export async function needsQuiet({ trial }: ChatTrial): Promise<void> {
  if ((await agentsOf(trial.target)).answer)
    trial.skip('agents answer on this server, in between what is counted; check it without them as well');
}

/** Skips a check of what agents do, where there are none. */
export async function needsAgent({ trial }: ChatTrial): Promise<void> {
  if (!(await agentsOf(trial.target)).answer) trial.skip('no agent answers on this server');
}

/** The id of an agent; skips the check where none has answered under one. */
export async function agentIdOf({ trial }: ChatTrial): Promise<string> {
  return (await agentsOf(trial.target)).id ?? trial.skip('no agent of this server says what its id is');
}
