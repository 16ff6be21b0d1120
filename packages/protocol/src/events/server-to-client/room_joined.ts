import { defineEvent } from '@wirepact/contract';
import { joinedChannel } from '../../entities/joined-channel';

/** A join that succeeded, under its old name. */
export const room_joined = defineEvent({
  description: 'The same as `channel_joined`, sent right after it for clients that only know this name.',
  payload: joinedChannel,
  deprecated: 'Use `channel_joined`.',
});
