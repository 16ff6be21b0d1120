import type { Agent } from '@wirepact/server';
import { createOpenAiAgent } from '@wirepact/server/agents';
import { ELIZA_ID } from '../lobby';

const DEFAULT_URL = 'https://api.openai.com/v1';
const SYSTEM = 'You are one of several people in a chat room. Answer in a few sentences, as one talks.';

/**
 * The agent that answers by the model `OPENAI_MODEL` names; `undefined` where it names none. It has Eliza's place in the
 * channels there are: `OPENAI_BASE_URL` says where the model is, OpenAI by default, and `OPENAI_API_KEY` is its key.
 * @throws Error where the environment has what cannot be.
 */
export function createModelAgent(environment: NodeJS.ProcessEnv): Agent | undefined {
  const { OPENAI_MODEL: model, OPENAI_BASE_URL: url = DEFAULT_URL, OPENAI_API_KEY: apiKey } = environment;
  if (!model) return undefined;
  try {
    return createOpenAiAgent({ id: ELIZA_ID, name: 'Assistant', url, apiKey, model, system: SYSTEM });
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`OPENAI_MODEL, OPENAI_BASE_URL and OPENAI_API_KEY make no agent. ${what}`, { cause });
  }
}
