import { createElement, Fragment, type ReactNode, StrictMode } from 'react';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { onTestFinished } from 'vitest';

/** Something that React shows. */
export interface Mounted {
  /** What a reader sees. */
  readonly text: () => string;
  readonly element: HTMLElement;
  /** Shows something else in its place. */
  readonly show: (node: ReactNode) => void;
  readonly unmount: () => void;
}

/** How to show it. */
export interface MountOptions {
  /** Whether effects are run twice, as in development. Default `true`. */
  readonly isStrict?: boolean;
  /** What a server rendered: React takes it over. */
  readonly html?: string;
}

/** Has React show a node in the page until the test ends. */
export function mount(node: ReactNode, { isStrict = true, html }: MountOptions = {}): Mounted {
  const element = document.createElement('div');
  document.body.append(element);
  const wrap = (shown: ReactNode) => createElement(isStrict ? StrictMode : Fragment, null, shown);
  let root: Root;
  if (html === undefined) {
    root = createRoot(element);
    root.render(wrap(node));
  } else {
    element.innerHTML = html;
    root = hydrateRoot(element, wrap(node));
  }
  const unmount = () => {
    root.unmount();
    element.remove();
  };
  onTestFinished(unmount);
  return {
    element,
    text: () => element.textContent ?? '',
    show: (shown) => root.render(wrap(shown)),
    unmount,
  };
}
