import { describeChannels } from './suite/channels.suite';
import { describeEvents } from './suite/events.suite';
import { describeJournal } from './suite/journal.suite';
import { describeMessages } from './suite/messages.suite';
import { describeRetention } from './suite/retention.suite';
import { describeTurns } from './suite/turns.suite';
import type { OpenStore } from './test-store';

/** What every store does, whatever keeps the data. `openStore` answers with an empty one. */
export function describeStore(name: string, openStore: OpenStore): void {
  describeChannels(name, openStore);
  describeMessages(name, openStore);
  describeEvents(name, openStore);
  describeJournal(name, openStore);
  describeRetention(name, openStore);
  describeTurns(name, openStore);
}
