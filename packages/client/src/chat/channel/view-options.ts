import type { OptionKinds } from '../../runtime/base/check-options';

/** What the views of channels keep. */
export interface ViewOptions {
  /**
   * Messages of a channel that its view keeps: the oldest make room for new ones, and `loadOlder` brings them back.
   * What `loadOlder` loads is kept besides, up to ten times as many. Default 1000.
   */
  readonly maxMessages?: number | undefined;
}

/** What each of the {@link ViewOptions} may be. */
export const VIEW_OPTIONS: OptionKinds<ViewOptions> = { maxMessages: 'whole number' };
