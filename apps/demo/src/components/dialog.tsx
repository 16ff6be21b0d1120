import { type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react';

import { Mark } from './mark';

/** What a {@link Dialog} shows. */
export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Called on Escape and on a click outside; a dialog without it welcomes, and can only be answered. */
  readonly onClose?: (() => void) | undefined;
}

/** A modal dialog; the browser keeps the focus inside and gives it back afterwards. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);

  const closeOnBackdrop = (event: MouseEvent) => {
    if (event.target === ref.current) onClose?.();
  };

  return (
    <dialog
      ref={ref}
      className={onClose ? 'dialog' : 'dialog dialog--welcome'}
      aria-labelledby={titleId}
      onMouseDown={closeOnBackdrop}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <div className="dialog__content">
        {!onClose && <Mark />}
        <h2 id={titleId}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
