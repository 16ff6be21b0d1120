import { useEffect } from 'react';
import type { Notice } from '../chat/use-notices';
import { useCountdown } from '../page/use-countdown';
import { detailsOfError, titleOfError } from './error-text';
import { Icon } from './icon';
import { IconButton } from './icon-button';

/** How long a notice that is no error stays, in milliseconds. */
const TOLD_MS = 4_000;

function Countdown({ until }: { until: number }) {
  const seconds = useCountdown(until);
  return (
    // Not read out every second: the first reading says how long it takes.
    <p className="notice__countdown" aria-live="off">
      {seconds > 0 ? `You can go on in ${seconds} s.` : 'You can go on now.'}
    </p>
  );
}

function NoticeItem({ notice, onDismiss }: { notice: Notice; onDismiss: (id: number) => void }) {
  const { id, error, text, retryAt } = notice;
  useEffect(() => {
    if (error) return;
    const timer = setTimeout(() => onDismiss(id), TOLD_MS);
    return () => clearTimeout(timer);
  }, [id, error, onDismiss]);

  if (!error) return <div className="notice">{text}</div>;
  return (
    <div className="notice notice--error" role="alert">
      <Icon name="warning" />
      <div className="notice__body">
        <p className="notice__title">
          {titleOfError(error)} <code>{error.code}</code>
        </p>
        <ul className="notice__details">
          {detailsOfError(error).map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
        {retryAt !== undefined && <Countdown until={retryAt} />}
      </div>
      <IconButton icon="close" label="Dismiss" onClick={() => onDismiss(id)} />
    </div>
  );
}

/** What the page has to tell, over everything else. */
export const NoticeList = ({
  notices,
  onDismiss,
}: {
  notices: readonly Notice[];
  onDismiss: (id: number) => void;
}) => (
  <div className="notices" role="status" aria-label="Notices">
    {notices.map((notice) => (
      <NoticeItem key={notice.id} notice={notice} onDismiss={onDismiss} />
    ))}
  </div>
);
