import type { WirepactError } from '@wirepact/contract/runtime';
import { useState } from 'react';
import { useCountdown } from '../page/use-countdown';
import { EmptyState } from './empty-state';
import { detailsOfError, titleOfError } from './error-text';

/** A channel that cannot be joined, at least not now. */
export function ChannelFailed({ error, onRetry }: { error: WirepactError | undefined; onRetry: () => void }) {
  const [retryAt] = useState(() => (error?.retryAfterMs ? Date.now() + error.retryAfterMs : undefined));
  const waitSeconds = useCountdown(retryAt);
  return (
    <EmptyState icon="warning" title={error ? titleOfError(error) : 'Something went wrong.'}>
      {error && (
        <p>
          {detailsOfError(error).join(' ')} <code>{error.code}</code>
        </p>
      )}
      <div className="openings">
        <button type="button" className="button button--primary" disabled={waitSeconds > 0} onClick={onRetry}>
          {waitSeconds > 0 ? `Try again in ${waitSeconds} s` : 'Try again'}
        </button>
      </div>
    </EmptyState>
  );
}
