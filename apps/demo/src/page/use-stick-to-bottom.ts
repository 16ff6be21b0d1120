import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

/** How near the end counts as being there, in pixels. */
const NEAR_PX = 48;

/** A list that follows its end while the reader is there. */
export interface StickToBottom<Element extends HTMLElement> {
  readonly ref: RefObject<Element | null>;
  readonly onScroll: () => void;
  readonly isAtBottom: boolean;
  readonly scrollToBottom: () => void;
}

/**
 * Keeps a scrolling element at its end whenever `content` changes, unless the reader has scrolled up. Where its `first`
 * item is another one, what the reader looks at stays where it is.
 */
export function useStickToBottom<Element extends HTMLElement>(
  content: unknown,
  first?: string,
): StickToBottom<Element> {
  const ref = useRef<Element>(null);
  const sticks = useRef(true);
  /** Where the reader is: pixels to the end. */
  const fromEnd = useRef(0);
  const [isAtBottom, setAtBottom] = useState(true);

  const scrollToBottom = useCallback(() => {
    const element = ref.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);

  const onScroll = useCallback(() => {
    const element = ref.current;
    if (!element) return;
    fromEnd.current = element.scrollHeight - element.scrollTop;
    sticks.current = fromEnd.current - element.clientHeight < NEAR_PX;
    setAtBottom(sticks.current);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows whatever content there is now.
  useLayoutEffect(() => {
    if (sticks.current) scrollToBottom();
  }, [content, scrollToBottom]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is above has changed.
  useLayoutEffect(() => {
    const element = ref.current;
    if (element && !sticks.current) element.scrollTop = element.scrollHeight - fromEnd.current;
  }, [first]);

  // What unfolds, wraps anew, is laid out late or makes room for the keyboard changes heights without new content.
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (sticks.current) scrollToBottom();
      else fromEnd.current = element.scrollHeight - element.scrollTop;
    });
    for (const resized of [element, ...element.children]) observer.observe(resized);
    return () => observer.disconnect();
  }, [scrollToBottom]);

  return { ref, onScroll, isAtBottom, scrollToBottom };
}
