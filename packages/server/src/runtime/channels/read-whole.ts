import { retryable } from '../gateway/retryable';
import { OwnError } from '../own-error';
import type { Journal, JournalPage } from '../ports/journal';

const PAGE = { maxEntries: 1_000, maxBytes: 1024 * 1024 };

/**
 * Everything in the journal of a room from its beginning on, page by page.
 * @throws WirepactError `JOURNAL_FORGOTTEN` where its beginning is not kept any more, `UNAVAILABLE` where the room was
 * deleted
 */
export async function* readWhole(
  journal: Journal,
  roomId: string,
  epoch: string,
): AsyncGenerator<JournalPage> {
  let seq = 0;
  for (;;) {
    const page = await journal.read(roomId, { epoch, seq }, PAGE);
    if (!page) {
      const head = (await journal.readHeads([roomId])).get(roomId);
      if (head?.epoch !== epoch) throw retryable('UNAVAILABLE', 'The room was deleted just now: ask again.');
      const advice = 'Keep a state of your own where `retention` forgets events.';
      throw new OwnError(
        'JOURNAL_FORGOTTEN',
        `The beginning of the journal of ${roomId} is forgotten. ${advice}`,
      );
    }
    yield page;
    if (!page.hasMore) return;
    seq = page.seq;
  }
}
