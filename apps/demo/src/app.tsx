import { createIndexedDbOutboxStorage } from '@wirepact/client/indexeddb';
import { ChatProvider } from '@wirepact/client/react';
import { useState } from 'react';
import { watchSends } from './chat/waiting-sends';
import { createWireRecord } from './chat/wire-record';
import { NameGate } from './components/name-gate';
import { Workspace } from './components/workspace';
import { useIdentity } from './page/use-identity';

/** How long a message waits for the server before it counts as failed, in milliseconds. */
const SEND_TIMEOUT_MS = 30 * 60_000;

/** The page: asks for a name the first time, then shows the workspace. */
export function App() {
  const [sender, setName] = useIdentity();
  const [waiting] = useState(() => watchSends(createIndexedDbOutboxStorage(), sender.entityId));
  const [record] = useState(createWireRecord);
  const options = {
    ...sender,
    sendTimeoutMs: SEND_TIMEOUT_MS,
    outbox: { storage: waiting.storage },
    inspect: record.inspect,
  };
  if (sender.entityName === '') return <NameGate onChoose={setName} />;
  return (
    <ChatProvider key={sender.entityName} url={window.location.origin} options={options}>
      <Workspace {...{ sender, waiting, record }} onRename={setName} />
    </ChatProvider>
  );
}
