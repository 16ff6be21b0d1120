import type { Channel, SentMessage, ViewMessage } from '@wirepact/client';
import { ZERO_UUID } from '@wirepact/protocol';
import type { ChaosClient, ClientSettings, ManagementEvent } from './chaos-client';
import { nameOfText, toText } from './chaos-text';
import { PageStorage } from './page-storage';
import type { KeptMessage, MemberView, Receipt } from './run-record';
import { SdkPage } from './sdk-page';

/** A message whose sender wants its receipt, whichever page gets it. */
interface Waiting {
  readonly channelId: string;
  readonly name: string;
  /** Whether a page has taken it: from then on the storage must know it. */
  isTaken: boolean;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (cause: unknown) => void;
}

const toReceipt = ({ messageId: id, epoch = '', seq = 0 }: SentMessage): Receipt => ({ id, epoch, seq });

const toKept = ({ id = '', seq = 0, senderId, text }: ViewMessage): KeptMessage => ({
  ...{ id, seq, senderId, text: nameOfText(text) },
});

const EMPTY_VIEW: MemberView = {
  position: undefined,
  messages: [],
  properties: {},
  hasOlder: true,
  unsent: [],
};

function toMemberView({ view }: Channel): MemberView {
  const { messages, properties, position, hasOlder } = view.get();
  const unsent = messages.filter(({ status }) => status !== 'sent').map(({ text }) => nameOfText(text));
  return {
    ...{ position, properties, hasOlder, unsent },
    messages: messages.filter(({ status }) => status === 'sent').map(toKept),
  };
}

/** The SDK as an application uses it, whose page may be reloaded. */
export class SdkClient implements ChaosClient {
  private readonly storage = new PageStorage();
  private readonly waiting = new Set<Waiting>();
  private page: SdkPage;

  constructor(private readonly settings: ClientSettings) {
    this.page = new SdkPage(settings, this.storage);
  }

  isReady(): boolean {
    return this.page.isReady();
  }

  send(channelId: string, name: string): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      const waiting = { channelId, name, isTaken: false, resolve, reject };
      this.waiting.add(waiting);
      void this.hand(waiting, this.page);
    });
  }

  async sendOnce(channelId: string, name: string): Promise<Receipt> {
    const sender = { entityId: this.settings.name, serverId: ZERO_UUID };
    const message = { channelId, text: toText(name), messageId: name, ...sender };
    const answer = this.page.chat.request('send_message', message);
    return toReceipt(await this.page.watched('send_message', channelId, answer));
  }

  manage(event: ManagementEvent, payload: { channelId: string } & Record<string, unknown>): Promise<unknown> {
    return this.page.watched(event, payload.channelId, this.request(event, payload));
  }

  view(channelId: string): MemberView {
    const channel = this.page.joined(channelId);
    return channel ? toMemberView(channel) : EMPTY_VIEW;
  }

  reload(cutOff: () => void): void {
    this.page.leave(cutOff);
    this.page = new SdkPage(this.settings, this.storage);
    for (const waiting of this.waiting) void this.hand(waiting, this.page);
  }

  close(): void {
    this.page.leave(() => undefined);
  }

  private request(
    event: ManagementEvent,
    payload: { channelId: string } & Record<string, unknown>,
  ): Promise<unknown> {
    const { channelId, messageId, updates } = payload;
    const { chat } = this.page;
    if (event === 'delete_message') return chat.request(event, { channelId, messageId: String(messageId) });
    if (event === 'update_channel') return chat.request(event, { channelId, updates: Object(updates) });
    return chat.request(event, { channelId });
  }

  /** Gives a message to a page; one that an earlier page took has come with the storage, and is only asked for. */
  private async hand(waiting: Waiting, page: SdkPage): Promise<void> {
    const { channelId, name } = waiting;
    const channel = await page.channel(channelId);
    if (page !== this.page || !this.waiting.has(waiting)) return;
    try {
      const sent = waiting.isTaken ? channel.retry(name) : channel.send(toText(name), { messageId: name });
      waiting.isTaken = true;
      waiting.resolve(toReceipt(await sent));
    } catch (cause) {
      // What came of it the next page will know.
      if (page !== this.page) return;
      channel.discard(name);
      waiting.reject(cause);
    }
    this.waiting.delete(waiting);
  }
}
