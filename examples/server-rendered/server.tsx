import { attachChatServer, createSqliteStore } from '@wirepact/server';
import express from 'express';
import { renderToString } from 'react-dom/server';
import { CHANNEL_ID, Chat, type Line } from './chat';

const { PORT = '3000', DATABASE = 'chat.db' } = process.env;

const app = express().use(express.static('dist/page'));
const httpServer = app.listen(Number(PORT), () => {
  const address = httpServer.address();
  console.log(`the page is at http://localhost:${typeof address === 'object' ? address?.port : address}`);
});

const chat = attachChatServer(httpServer, {
  store: createSqliteStore({ file: DATABASE }),
  agents: [
    {
      id: '987fcdeb-51a2-43f1-b012-123456789abc',
      name: 'Echo',
      async *respond(message) {
        yield `You said: ${message.text}`;
      },
    },
  ],
});

const toPage = (url: string, lines: readonly Line[]) => `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Chat</title>
  <link rel="icon" href="data:,">
  <div id="chat">${renderToString(<Chat url={url} lines={lines} />)}</div>
  <script type="application/json" id="lines">${JSON.stringify(lines).replaceAll('<', '\\u003c')}</script>
  <script type="module" src="page.js"></script>
</html>`;

app.get('/', async ({ protocol, host }, response) => {
  const messages = await chat.messages.list(CHANNEL_ID, { limit: 50 });
  const lines = messages.map(({ id, senderName, text }) => ({ key: id, senderName, text }));
  response.send(toPage(`${protocol}://${host}`, lines));
});
