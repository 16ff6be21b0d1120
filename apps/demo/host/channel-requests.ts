import { WirepactError } from '@wirepact/contract/runtime';

/** Longest name and topic the page has room for. */
const MAX_NAME_LENGTH = 80;
const MAX_TOPIC_LENGTH = 240;

/** What a request may change about a channel. */
export type ChannelChanges = {
  readonly name?: string;
  readonly topic?: string;
};

const invalid = (path: string, message: string) =>
  new WirepactError('INVALID_PAYLOAD', `${path || 'body'} ${message}`, {
    issues: [{ path, message, keyword: 'type' }],
  });

function readText(body: object, name: string, maxLength: number): string | undefined {
  const value: unknown = Reflect.get(body, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw invalid(`/${name}`, 'must be string');
  if (value.length > maxLength) throw invalid(`/${name}`, `must have at most ${maxLength} characters`);
  return value.trim();
}

/** The changes in a request's body. @throws WirepactError `INVALID_PAYLOAD` */
export function readChanges(body: unknown): ChannelChanges {
  if (typeof body !== 'object' || body === null) throw invalid('', 'must be a JSON object');
  const name = readText(body, 'name', MAX_NAME_LENGTH);
  const topic = readText(body, 'topic', MAX_TOPIC_LENGTH);
  if (name === '') throw invalid('/name', 'must not be empty');
  if (name === undefined && topic === undefined) throw invalid('', 'must have a name or a topic');
  return { ...(name !== undefined && { name }), ...(topic !== undefined && { topic }) };
}
