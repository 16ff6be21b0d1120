import { useDeferredValue, useMemo } from 'react';
import { renderMarkdown } from './render-markdown';

/** What was said, read as Markdown. While it grows, it is read as often as the page has time for. */
export const MessageText = ({ text, isGrowing }: { text: string; isGrowing?: boolean | undefined }) => {
  const deferred = useDeferredValue(text);
  const shown = isGrowing ? deferred : text;
  const rendered = useMemo(() => renderMarkdown(shown), [shown]);
  const modifiers = `${rendered ? '' : ' message__text--plain'}${isGrowing ? ' message__text--growing' : ''}`;
  return <div className={`message__text${modifiers}`}>{rendered ?? <p>{shown}</p>}</div>;
};
