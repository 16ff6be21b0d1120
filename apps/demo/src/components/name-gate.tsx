import { useState } from 'react';
import { suggestName } from '../page/use-identity';
import { TextDialog } from './text-dialog';

/** Asks for a display name, once. */
export function NameGate({ onChoose }: { onChoose: (name: string) => void }) {
  const [suggestion] = useState(suggestName);
  return (
    <TextDialog
      title="Welcome to the Wirepact demo"
      action="Start chatting"
      fields={[{ name: 'name', label: 'Your name', value: suggestion, maxLength: 60, isRequired: true }]}
      onSubmit={({ name = '' }) => onChoose(name)}
    >
      <p>
        A chat with an agent, over a wire that is typed and checked on both ends. What should the others call
        you?
      </p>
    </TextDialog>
  );
}
