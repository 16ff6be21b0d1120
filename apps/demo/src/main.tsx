import { App } from './app';
import { showPage } from './page/show-page';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/status.css';
import './styles/sidebar.css';
import './styles/channel.css';
import './styles/messages.css';
import './styles/markdown.css';
import './styles/agent.css';
import './styles/log.css';
import './styles/inspector.css';
import './styles/overlays.css';

showPage(<App />);
