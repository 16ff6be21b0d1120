import type { AskedChange, ChaosClient, ClientSettings } from './chaos-client';
import type { CreatePage, Page } from './page';
import { PageStorage } from './page-storage';
import type { MemberView, Receipt } from './run-record';

/** A message whose sender wants its receipt, whichever page gets it. */
interface Waiting {
  readonly channelId: string;
  readonly name: string;
  /** Whether a page has taken it: from then on the storage must know it. */
  isTaken: boolean;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (cause: unknown) => void;
}

/** The SDK as an application uses it, whose page may be reloaded. */
export class SdkClient implements ChaosClient {
  private readonly storage = new PageStorage();
  private readonly waiting = new Set<Waiting>();
  private page: Page;

  constructor(
    private readonly settings: ClientSettings,
    private readonly createPage: CreatePage,
  ) {
    this.page = createPage(settings, this.storage);
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

  sendOnce(channelId: string, name: string): Promise<Receipt> {
    return this.page.sendOnce(channelId, name);
  }

  manage(asked: AskedChange): Promise<unknown> {
    return this.page.change(asked);
  }

  view(channelId: string): MemberView {
    return this.page.view(channelId);
  }

  reload(cutOff: () => void): void {
    this.page.leave(cutOff);
    this.page = this.createPage(this.settings, this.storage);
    for (const waiting of this.waiting) void this.hand(waiting, this.page);
  }

  close(): void {
    this.page.leave(() => undefined);
  }

  /** Gives a message to a page; one that an earlier page took has come with the storage, where there is one. */
  private async hand(waiting: Waiting, page: Page): Promise<void> {
    const { channelId, name } = waiting;
    await page.entered(channelId);
    if (page !== this.page || !this.waiting.has(waiting)) return;
    try {
      const sent = page.send(channelId, name, waiting.isTaken);
      waiting.isTaken = true;
      waiting.resolve(await sent);
    } catch (cause) {
      // What came of it the next page will know.
      if (page !== this.page) return;
      page.discard(channelId, name);
      waiting.reject(cause);
    }
    this.waiting.delete(waiting);
  }
}
