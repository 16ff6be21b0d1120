import { WirepactError } from '@wirepact/contract/runtime';

/**
 * An error of the application's own doing or dealings, for its code to catch: whoever sent the event that it happens in is
 * told no more than INTERNAL.
 */
export class OwnError extends WirepactError {
  /** As for any class; said here, as what is inherited tells no more than that it is a `WirepactError`. */
  declare static readonly [Symbol.hasInstance]: (value: unknown) => value is OwnError;

  readonly isOwn = true;
}
