import { ANSWER_TIMEOUT_MS, type AskedChange } from './chaos-client';
import { nameOfText } from './chaos-text';
import { nameOfEntity } from './chat-entity';
import type { KeptMessage } from './run-record';

/** The most that the server gives at once. */
const PAGE_SIZE = 200;

/** A message as a page of the deployed wire shows it: those are in the order of their times. */
export interface DatedMessage extends KeptMessage {
  readonly createdAt: number;
}

/** What the history has of a message, as far as a run looks at it. */
interface Row {
  readonly id: string;
  readonly authorId: string;
  readonly content: string;
  readonly created_at: number;
}

const toDated = ({ id, authorId, content, created_at: createdAt }: Row): DatedMessage => ({
  ...{ id, seq: 0, senderId: nameOfEntity(authorId), text: nameOfText(content), createdAt },
});

/** An answer that says no. */
class RestError extends Error {
  constructor(
    status: number,
    readonly code: string | undefined,
  ) {
    super(`the REST side answered ${status} ${code ?? ''}`);
  }
}

/** What members on the deployed wire ask by HTTP. */
export class DeployedRest {
  constructor(private readonly url: string) {}

  /** All messages of a channel, the oldest first: page after page, back by time. */
  async readHistory(channelId: string): Promise<DatedMessage[]> {
    const found = new Map<string, DatedMessage>();
    for (let before: number | undefined; ; ) {
      const rows = await this.readPage(channelId, before);
      const fresh = rows.filter(({ id }) => !found.has(id)).map(toDated);
      for (const message of fresh) found.set(message.id, message);
      if (fresh.length === 0) return [...found.values()].reverse();
      // Others of the last one's millisecond may be on the next page.
      before = Math.min(...fresh.map(({ createdAt }) => createdAt)) + 1;
    }
  }

  /** Changes a channel; nothing tells its number. */
  async change(asked: AskedChange): Promise<void> {
    const channel = `/channels/${asked.channelId}`;
    switch (asked.kind) {
      case 'delete':
        return void (await this.ask('DELETE', `${channel}/messages/${asked.messageId}`));
      case 'clear':
        return void (await this.ask('DELETE', `${channel}/messages`));
      case 'update':
        return void (await this.ask('PATCH', channel, { metadata: asked.updates }));
      case 'deleteChannel':
        return void (await this.ask('DELETE', channel));
      case 'cancel':
        throw new Error('the deployed wire has nothing that stops an answer');
    }
  }

  private async readPage(channelId: string, before: number | undefined): Promise<readonly Row[]> {
    const from = before === undefined ? '' : `&before=${before}`;
    const body = await this.ask('GET', `/channels/${channelId}/messages?limit=${PAGE_SIZE}${from}`);
    // What the REST side answers, the specification says.
    return (body as { readonly data: { readonly messages: readonly Row[] } }).data.messages;
  }

  private async ask(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}/api/messaging${path}`, {
      ...{ method, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) },
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (response.status === 204) return undefined;
    const answer: { readonly code?: string } = await response.json();
    if (!response.ok) throw new RestError(response.status, answer.code);
    return answer;
  }
}
