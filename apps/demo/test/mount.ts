import type { ReactNode } from 'react';
import { createElement, StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { onTestFinished } from 'vitest';

/** What a component shows, and what a user does to it. */
export interface Mounted {
  readonly text: () => string;
  /** The elements that a selector finds. */
  readonly all: (selector: string) => HTMLElement[];
  /** The only element that a selector finds. @throws an Error where there is another number of them. */
  readonly one: (selector: string) => HTMLElement;
  /** The only button with a label or text. */
  readonly button: (label: string) => HTMLButtonElement;
  readonly click: (label: string) => void;
  /** Puts a text in a field, as typing would. */
  readonly fill: (selector: string, text: string) => void;
  /** Presses a key in the element that a selector finds; answers whether its default action goes on. */
  readonly press: (selector: string, key: string, options?: KeyboardEventInit) => boolean;
  /** Submits the form that is shown. */
  readonly submit: () => void;
  readonly show: (node: ReactNode) => void;
}

const isField = (element: HTMLElement): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;

/** The way past React's own setter, which would keep React from seeing a change. */
function setValue(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const { prototype } = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
}

/** Has React show a node in the page until the test ends; all of it is there when a function returns. */
export function mount(node: ReactNode): Mounted {
  const element = document.createElement('div');
  document.body.append(element);
  const root = createRoot(element);
  onTestFinished(() => {
    flushSync(() => root.unmount());
    element.remove();
  });
  const show = (shown: ReactNode) => flushSync(() => root.render(createElement(StrictMode, null, shown)));
  show(node);
  const all = (selector: string) => [...element.querySelectorAll<HTMLElement>(selector)];
  const only = <Found>(found: readonly Found[], what: string): Found => {
    const [first] = found;
    if (found.length !== 1 || first === undefined)
      throw new Error(`There are ${found.length} of ${what} in ${element.innerHTML}`);
    return first;
  };
  const one = (selector: string) => only(all(selector), selector);
  const dispatch = (target: HTMLElement, event: Event) => flushSync(() => target.dispatchEvent(event));
  const button = (label: string) =>
    only(
      all('button').filter(
        (shown): shown is HTMLButtonElement =>
          shown instanceof HTMLButtonElement &&
          (shown.getAttribute('aria-label') ?? shown.textContent?.trim()) === label,
      ),
      label,
    );
  return {
    text: () => element.textContent ?? '',
    all,
    one,
    button,
    show,
    click: (label) => flushSync(() => button(label).click()),
    fill(selector, text) {
      const field = one(selector);
      if (!isField(field)) throw new Error(`${selector} is no field.`);
      setValue(field, text);
      dispatch(field, new Event('input', { bubbles: true }));
    },
    press: (selector, key, options) =>
      dispatch(
        one(selector),
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }),
      ),
    submit: () => void dispatch(one('form'), new Event('submit', { bubbles: true, cancelable: true })),
  };
}
