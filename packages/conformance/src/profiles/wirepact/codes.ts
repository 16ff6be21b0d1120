import type { Check } from '../../check/check';
import type { Fields } from '../../wire/packet';
import type { ContractView } from '../contract/contract-view';
import { judgeError } from '../contract/judge-answer';

/** Events that fail, each for another reason, in a channel that is not there. */
const FAILING: readonly (readonly [event: string, payload: Fields])[] = [
  ['no_such_event', {}],
  ['join_channel', { channelId: undefined }],
  ['join_channel', { channelId: 'no-uuid' }],
  ['join_channel', { metadata: { large: 'x'.repeat(20_000) } }],
  ['join_channel', { resume: { epoch: 'epoch', seq: 0 } }],
  ['list_messages', {}],
  ['delete_message', { messageId: '00000000-0000-4000-8000-000000000000' }],
  ['watch_presence', { watching: true }],
  ['cancel_response', { messageId: '00000000-0000-4000-8000-000000000000' }],
];

/** Whether codes are those of the protocol's registry. */
export const codesCheck = (view: ContractView): Check => ({
  rule: 'ERR-18',
  title: 'every code is one of the protocol’s registry, and as retryable as that says',
  async run(trial) {
    const client = await trial.connect();
    for (const [event, fields] of FAILING)
      judgeError(view, event, await client.ask(event, { channelId: trial.newId(), ...fields }));
  },
});
