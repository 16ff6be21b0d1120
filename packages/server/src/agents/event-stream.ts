import { agentFailure } from './agent-failure';

/** Largest event, in characters. */
const MAX_EVENT_LENGTH = 1024 * 1024;
/** Largest stream, in bytes: some 60,000 words, each in an event of its own. */
const MAX_STREAM_BYTES = 16 * 1024 * 1024;

/** A line's value where it is one of an event's `data`. */
function dataOf(line: string): string | undefined {
  if (line === 'data') return '';
  if (!line.startsWith('data:')) return undefined;
  return line.slice(line[5] === ' ' ? 6 : 5);
}

/** Collects lines into events. */
class EventLines {
  private data: string[] = [];
  private length = 0;

  /** The event's data where `line` ends one that has any. */
  add(line: string): string | undefined {
    if (line === '') {
      const event = this.data.length > 0 ? this.data.join('\n') : undefined;
      this.data = [];
      this.length = 0;
      return event;
    }
    const data = dataOf(line);
    if (data === undefined) return undefined;
    this.length += data.length + 1;
    if (this.length > MAX_EVENT_LENGTH) throw tooLong();
    this.data.push(data);
    return undefined;
  }
}

const tooLong = () =>
  agentFailure(`The endpoint sent an event of more than ${MAX_EVENT_LENGTH} characters; it was not read on.`);

const tooLarge = () =>
  agentFailure(
    `The endpoint sent more than ${MAX_STREAM_BYTES} bytes in one answer; it was not read on. Limit its answers by \`body: { max_tokens: … }\`.`,
  );

/**
 * The data of each server-sent event in a stream of bytes. An event that is cut off at the end is left out, as the HTML
 * standard has it; comments and fields other than `data` are passed over.
 * @throws WirepactError `AGENT_FAILED` for an event of more than 1,048,576 characters and a stream of more than 16 MiB.
 */
export async function* readEventData(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const events = new EventLines();
  let size = 0;
  let pending = '';
  for await (const bytes of chunks) {
    size += bytes.byteLength;
    if (size > MAX_STREAM_BYTES) throw tooLarge();
    const text = decoder.decode(bytes, { stream: true });
    pending += text;
    if (pending.length > MAX_EVENT_LENGTH + bytes.byteLength) throw tooLong();
    if (!/[\r\n]/.test(text)) continue;
    // A carriage return at the end may be half of a line's end.
    const lines = pending.split(/\r\n|\n|\r(?!$)/);
    pending = lines.pop() ?? '';
    for (const line of lines) {
      const event = events.add(line);
      if (event !== undefined) yield event;
    }
  }
}
