import { useChatClient } from './chat/use-chat-client';
import { NameGate } from './components/name-gate';
import { Workspace } from './components/workspace';
import { useIdentity } from './page/use-identity';

/** The page: asks for a name the first time, then shows the workspace. */
export function App() {
  const [sender, setName] = useIdentity();
  const { chat, waiting } = useChatClient(sender);
  return (
    <>
      {chat && <Workspace {...{ chat, sender, waiting }} onRename={setName} />}
      {sender.entityName === '' && <NameGate onChoose={setName} />}
    </>
  );
}
