import { type FormEvent, type ReactNode, useId } from 'react';
import { Dialog } from './dialog';

/** One line to fill in. */
export interface TextField {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly isRequired?: boolean;
}

/** What a {@link TextDialog} asks for. */
export interface TextDialogProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly fields: readonly TextField[];
  readonly action: string;
  readonly onSubmit: (values: Readonly<Record<string, string>>) => void;
  readonly onClose?: (() => void) | undefined;
}

/** Asks for some lines of text. */
export function TextDialog({ title, children, fields, action, onSubmit, onClose }: TextDialogProps) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const values = Object.fromEntries(fields.map(({ name }) => [name, String(data.get(name) ?? '').trim()]));
    if (fields.some(({ name, isRequired }) => isRequired && !values[name])) return;
    onSubmit(values);
    onClose?.();
  };

  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <form onSubmit={submit} autoComplete="off">
        {fields.map(({ name, label, value, maxLength, isRequired = false }, index) => (
          <div className="field" key={name}>
            <label htmlFor={`${id}-${name}`}>{label}</label>
            <input
              id={`${id}-${name}`}
              name={name}
              defaultValue={value}
              maxLength={maxLength}
              required={isRequired}
              autoFocus={index === 0}
              onFocus={(event) => event.currentTarget.select()}
            />
          </div>
        ))}
        <div className="dialog__buttons">
          {onClose && (
            <button type="button" className="button" onClick={onClose}>
              Cancel
            </button>
          )}
          <button type="submit" className="button button--primary">
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
