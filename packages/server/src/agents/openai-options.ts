import {
  aRecord,
  type Check,
  checkOptions,
  count,
  invalidOption,
  isObject,
  must,
  positive,
} from '../runtime/option-checks';
import type { AgentTool } from './agent-tool';
import { TOOL_NAME } from './tool-calls';

/** What an agent that answers by an OpenAI-compatible endpoint is made of. */
export interface OpenAiAgentOptions {
  /** UUID; the `agentId` that joins name. */
  readonly id: string;
  /** Display name of the sender of its answers. */
  readonly name: string;
  /** Base address of the endpoint, without `/chat/completions`: `https://api.openai.com/v1`, `http://localhost:11434/v1`. */
  readonly url: string;
  /** Sent as `Authorization: Bearer …`; endpoints of one's own may need none. */
  readonly apiKey?: string | undefined;
  /** Name of the model, as the endpoint has it. */
  readonly model: string;
  /** Who the agent is and how it answers; goes before the conversation. */
  readonly system?: string | undefined;
  /** What the model may have done, by name. */
  readonly tools?: Readonly<Record<string, AgentTool>> | undefined;
  /** Further fields of the request, such as `temperature` or `max_tokens`. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  /** How many messages of the channel the model is shown at most. Default 20. */
  readonly historyMessages?: number | undefined;
  /** How many characters of them at most; the oldest are left out, the message to answer never is. Default 32,000. */
  readonly historyCharacters?: number | undefined;
  /** How often in one answer the model may ask for tools. Default 8. */
  readonly maxToolRounds?: number | undefined;
  /** Longest silence of the endpoint, in milliseconds. Default 30,000. */
  readonly stallTimeoutMs?: number | undefined;
}

const aText = must((value) => typeof value === 'string' && value !== '', 'a text that is not empty');
const anObject = must((value) => isObject(value) && !Array.isArray(value), 'an object');

const tools: Check = (value) => {
  if (!isObject(value)) return 'an object of tools by their names';
  const wrong = Object.keys(value).find((name) => !TOOL_NAME.test(name));
  if (wrong !== undefined)
    return `an object of tools by names of up to 64 letters, digits, _ and -, unlike ${JSON.stringify(wrong.slice(0, 100))}`;
  const tool = aRecord({
    description: must((text) => typeof text === 'string', 'a text'),
    parameters: anObject,
    run: must((run) => typeof run === 'function', 'a function'),
  });
  for (const [name, one] of Object.entries(value)) {
    const what = isObject(one) && !('run' in one) ? 'an object with a function `run`' : tool(one);
    if (what) return `an object whose \`${name}\` is ${what}`;
  }
  return undefined;
};

const CHECKS: Readonly<Record<keyof OpenAiAgentOptions, Check>> = {
  id: aText,
  name: aText,
  url: must(
    (value) => typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value),
    'an address that begins with http:// or https://',
  ),
  // What is wrong with a key is told below, without the key.
  apiKey: must((value) => typeof value === 'string', 'a text'),
  model: aText,
  system: must((value) => typeof value === 'string', 'a text'),
  tools,
  body: anObject,
  historyMessages: count,
  historyCharacters: count,
  maxToolRounds: count,
  stallTimeoutMs: positive,
};

/** Fields of the request that the agent sets itself. */
const OWN_FIELDS = ['model', 'messages', 'stream', 'tools'];

/**
 * Refuses options with which no request can be made.
 * @throws WirepactError `INVALID_OPTIONS` with the option's name, never with the key.
 */
export function checkOpenAiOptions(options: OpenAiAgentOptions): void {
  checkOptions(options, CHECKS);
  const missing = (['id', 'name', 'url', 'model'] as const).find((name) => options[name] === undefined);
  if (missing) throw invalidOption(`\`${missing}\` is missing.`);
  const { username, password } = new URL(options.url);
  if (username !== '' || password !== '')
    throw invalidOption('`url` must not have a user and a password in it: give the key as `apiKey`.');
  if (options.apiKey !== undefined && !/^[\x21-\x7e]+$/.test(options.apiKey))
    throw invalidOption('`apiKey` must be printable ASCII without spaces and line ends, and not empty.');
  const own = OWN_FIELDS.find((name) => Object.hasOwn(options.body ?? {}, name));
  if (own) throw invalidOption(`\`body\` must not have \`${own}\`, which the agent sets itself.`);
}
