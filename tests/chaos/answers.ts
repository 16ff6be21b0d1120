/**
 * How an agent answers: it says all and is done, it throws, or it stops saying anything, until its time is up. `stopped`:
 * as `whole`, but a member stops it when it is half way.
 */
export const ANSWER_KINDS = ['whole', 'fails', 'hangs', 'stopped'] as const;

/** The answer that a message is to have. */
export interface PlannedAnswer {
  readonly kind: (typeof ANSWER_KINDS)[number];
  /** Parts it is said in. */
  readonly chunks: number;
  /** Milliseconds between them. */
  readonly paceMs: number;
  /** The client that stops it, where it is to be stopped. */
  readonly stopper: number;
}

const QUESTION = /!(whole|fails|hangs|stopped)-(\d+)x(\d+)by(\d+)$/;
const BEGINNING = 'to:';

/** Names a message that is to be answered: all that the agent has to know of it is in its name. */
export const toQuestion = (name: string, { kind, chunks, paceMs, stopper }: PlannedAnswer): string =>
  `${name}!${kind}-${chunks}x${paceMs}by${stopper}`;

/** The answer that the message of this name is to have; most have none. */
export function readQuestion(name: string): PlannedAnswer | undefined {
  const [, word, chunks, paceMs, stopper] = QUESTION.exec(name) ?? [];
  const kind = ANSWER_KINDS.find((one) => one === word);
  return kind && { kind, chunks: Number(chunks), paceMs: Number(paceMs), stopper: Number(stopper) };
}

/** A part of the answer to the message of this name, by its number: it tells where it belongs. */
export const toChunk = (question: string, number: number): string =>
  number === 0 ? `${BEGINNING}${question}` : ` ${number}`;

/** All of it, up to this many parts. */
export const toAnswer = (question: string, chunks: number): string =>
  Array.from({ length: chunks }, (_, number) => toChunk(question, number)).join('');

/** The message that a text answers, and how many parts of the answer it has; `undefined` where an agent does not speak so. */
export function readAnswer(text: string): { readonly question: string; readonly said: number } | undefined {
  const [first = '', ...others] = text.split(' ');
  const question = first.slice(BEGINNING.length);
  const said = others.length + 1;
  const planned = readQuestion(question);
  if (!planned || said > planned.chunks || text !== toAnswer(question, said)) return undefined;
  return { question, said };
}
