import type { Target } from '../../check/target';
import { Trial } from '../../check/trial';
import { ChatTrial } from './chat-trial';

/** How long an agent may take to begin, of the time that is waited for anything else. */
const SHARE = 0.2;

/** Sends a message and waits for somebody to answer. */
async function findAgent(target: Target): Promise<boolean> {
  const chat = new ChatTrial(new Trial(target, 'looking for an agent'));
  try {
    const channelId = chat.trial.newId();
    const client = await chat.member(channelId);
    await chat.say(client, channelId);
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, target.patienceMs * SHARE);
      for (const event of ['messageStreamChunk', 'messageComplete'])
        client.socket.once(event, () => {
          clearTimeout(timer);
          resolve(undefined);
        });
    });
    return client.all('messageStreamChunk').length + client.all('messageComplete').length > 0;
  } finally {
    chat.trial.close();
  }
}

const found = new WeakMap<Target, Promise<boolean>>();

/** Whether agents answer on a server: found out once a run. */
function hasAgents(target: Target): Promise<boolean> {
  const known = found.get(target) ?? findAgent(target);
  found.set(target, known);
  // What failed is tried again by the next one who asks: the server may have wanted to be left alone.
  known.catch(() => found.delete(target));
  return known;
}

/** Skips a check that counts what happens in a channel, where agents would join in. */
export async function needsQuiet({ trial }: ChatTrial): Promise<void> {
  if (await hasAgents(trial.target))
    trial.skip('agents answer on this server, in between what is counted; check it without them as well');
}

/** Skips a check of what agents do, where there are none. */
export async function needsAgent({ trial }: ChatTrial): Promise<void> {
  if (!(await hasAgents(trial.target))) trial.skip('no agent answers on this server');
}
