import { WirepactError } from '@wirepact/contract/runtime';

/** Whatever was thrown, as the one kind of error the page shows. */
export const toWirepactError = (cause: unknown): WirepactError =>
  cause instanceof WirepactError
    ? cause
    : new WirepactError('UNEXPECTED', 'The page met an error of its own.', { cause });
