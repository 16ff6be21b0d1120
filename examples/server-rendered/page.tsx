import { hydrateRoot } from 'react-dom/client';
import { Chat } from './chat';

const root = document.getElementById('chat');
const lines = document.getElementById('lines')?.textContent;
if (root && lines) hydrateRoot(root, <Chat url={location.origin} lines={JSON.parse(lines)} />);
