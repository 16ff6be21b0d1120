import type { Store } from '@wirepact/server';

/** A change that a store was asked for. */
export interface Change {
  readonly method: keyof Store;
  /** Id of the channel; of a message its text, and its id where it was to be deleted. */
  readonly what: string;
}

/** The store, which tells of every change it is asked for before it makes it. */
export const watchChanges = (store: Store, onChange: (change: Change) => void): Store => ({
  ...store,
  createChannel(channel) {
    onChange({ method: 'createChannel', what: channel.id });
    return store.createChannel(channel);
  },
  appendMessage(message) {
    onChange({ method: 'appendMessage', what: message.text });
    return store.appendMessage(message);
  },
  updateChannel(channelId, updates) {
    onChange({ method: 'updateChannel', what: channelId });
    return store.updateChannel(channelId, updates);
  },
  deleteChannel(channelId) {
    onChange({ method: 'deleteChannel', what: channelId });
    return store.deleteChannel(channelId);
  },
  deleteMessage(channelId, messageId) {
    onChange({ method: 'deleteMessage', what: messageId });
    return store.deleteMessage(channelId, messageId);
  },
  clearMessages(channelId) {
    onChange({ method: 'clearMessages', what: channelId });
    return store.clearMessages(channelId);
  },
});
