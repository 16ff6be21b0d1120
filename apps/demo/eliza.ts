import { setTimeout as delay } from 'node:timers/promises';
import type { Agent, AgentContext, AgentPart, Message } from '@wirepact/server';
import { FALLBACKS, LIFE_RULES, RECALLS } from './eliza-rules';
import { SMALL_TALK_RULES } from './eliza-small-talk';
import { ELIZA_ID } from './lobby';
import { reflectPronouns } from './reflect-pronouns';

const HISTORY_LENGTH = 30;
const MAX_QUOTE_LENGTH = 120;
const SHORTEST_THINKING_MS = 500;
const LONGEST_THINKING_MS = 1_600;
/** How long a word takes, in milliseconds. */
const WORD_MS = 45;

/** What Eliza makes of a message. */
export interface ElizaAnswer {
  readonly text: string;
  /** Name of the rule that answered; `recall` or `fallback` where none did. */
  readonly rule: string;
  /** What led to the rule: the word that matched, or the topic remembered. */
  readonly cue?: string | undefined;
}

/** How an Eliza behaves. */
export interface ElizaOptions {
  /** How long to think, and to say a word, in milliseconds. Default: longer for longer answers, up to 1.6 s; 45 ms. */
  readonly thinkingMs?: number | undefined;
}

/** The answer that is next in turn, skipping what was said last. */
function choose(
  answers: readonly string[],
  turn: number,
  said: readonly string[],
  fill: (a: string) => string,
) {
  const inTurn = answers.map((_, index) => fill(answers[(turn + index) % answers.length] ?? ''));
  const recent = said.slice(-answers.length + 1);
  return inTurn.find((text) => !recent.includes(text)) ?? inTurn[0] ?? '';
}

/** Addresses are neither turned round nor repeated. */
const withoutLinks = (text: string) => text.replace(/\bhttps?:\/\/\S+/gi, 'that link');

/** A captured part of a sentence, ready to be put into an answer. */
const toQuote = (part: string) =>
  reflectPronouns(
    part
      .split(/[.!?;\n]/)[0]
      ?.slice(0, MAX_QUOTE_LENGTH)
      .trim() ?? '',
  );

const fillWith = (groups: readonly (string | undefined)[]) => (answer: string) =>
  answer
    .replace(/\$(\d)/g, (_, digit: string) => toQuote(groups[Number(digit)] ?? ''))
    .replace(/\s+([?.,”])/g, '$1');

/** What people said of something of theirs, most recent first; only the noun is kept. */
function listTopics(earlier: readonly string[]): string[] {
  const topics = earlier.flatMap((text) =>
    [...text.matchAll(/\bmy ([a-z][\w'’-]*)/gi)].map(([, noun = '']) => noun),
  );
  return [...new Set(topics.map((topic) => topic.toLowerCase()))].reverse();
}

const byRank = [...LIFE_RULES, ...SMALL_TALK_RULES].sort((a, b) => b.rank - a.rank);

/**
 * Eliza's answer to `text`. `earlier` is what people said before, `said` what Eliza answered, oldest first:
 * the same conversation always gets the same answer.
 */
export function answerMessage(
  text: string,
  earlier: readonly string[],
  said: readonly string[],
): ElizaAnswer {
  for (const { name, keyword, decompositions } of byRank) {
    const cue = keyword.exec(text)?.[0];
    if (cue === undefined) continue;
    for (const { match, answers } of decompositions) {
      const groups = match.exec(text);
      if (groups)
        return { text: choose(answers, said.length, said, fillWith(groups)), rule: name, cue: cue.trim() };
    }
  }
  const topic = listTopics(earlier)[0];
  const recalled = topic && choose(RECALLS, said.length, said, fillWith(['', topic]));
  if (topic && recalled && !said.slice(-2).includes(recalled))
    return { text: recalled, rule: 'recall', cue: topic };
  return { text: choose(FALLBACKS, said.length, said, (answer) => answer), rule: 'fallback' };
}

const toThought = ({ rule, cue }: ElizaAnswer) => {
  if (rule === 'recall') return `No rule matched, so I came back to “${cue}” from earlier.`;
  if (rule === 'fallback') return 'No rule matched and nothing earlier stood out, so I kept the talk going.';
  return `“${cue}” matched the rule “${rule}”.`;
};

const toAction = ({ rule, cue }: ElizaAnswer) => ({
  name: rule === 'recall' ? 'RECALL' : rule === 'fallback' ? 'KEEP_TALKING' : 'ASK_BACK',
  ...(cue !== undefined && { about: cue }),
});

const thinkingTimeOf = (text: string) =>
  Math.min(SHORTEST_THINKING_MS + 12 * text.length, LONGEST_THINKING_MS);

async function readConversation({ history }: AgentContext, message: Message) {
  const messages = (await history(HISTORY_LENGTH)).filter(({ id }) => id !== message.id);
  const textsOf = (isEliza: boolean) =>
    messages.filter(({ senderId }) => (senderId === ELIZA_ID) === isEliza).map(({ text }) => text);
  return { earlier: textsOf(false), said: textsOf(true) };
}

/**
 * A listener in the manner of the first chat program: ranked keywords, sentences taken apart and turned
 * round, and some memory of what was said before. Needs no network and no model.
 */
export function createEliza({ thinkingMs }: ElizaOptions = {}): Agent {
  return {
    id: ELIZA_ID,
    name: 'Eliza',
    async *respond(message, context): AsyncGenerator<AgentPart> {
      const { logger, signal, channelId } = context;
      const { earlier, said } = await readConversation(context, message);
      const answer = answerMessage(withoutLinks(message.text), earlier, said);
      const { rule, cue } = answer;
      logger.debug(
        { channelId, characters: message.text.length, remembered: earlier.length },
        'reading a message',
      );
      await delay(thinkingMs ?? thinkingTimeOf(answer.text), undefined, { signal });
      yield { thought: toThought(answer) };
      yield { action: toAction(answer) };
      logger.info({ channelId, rule, cue }, `answering with the rule ${rule}`);
      for (const word of answer.text.match(/\S+\s*/g) ?? []) {
        yield word;
        await delay(thinkingMs ?? WORD_MS, undefined, { signal });
      }
    },
  };
}
