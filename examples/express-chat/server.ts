import { attachChatServer, attachContract, createSqliteStore } from '@wirepact/server';
import express from 'express';
import { waves } from './contract';

const { PORT = '3000', DATABASE = 'chat.db' } = process.env;

const app = express().use(express.json());
const httpServer = app.listen(Number(PORT), () => {
  const address = httpServer.address();
  console.log(`the app is at http://localhost:${typeof address === 'object' ? address?.port : address}`);
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

const waving = attachContract(httpServer, waves, {
  path: '/waves/',
  handlers: {
    wave({ emit }, { name }) {
      emit('waved', { name });
      return null;
    },
  },
});

// The app's own routes reach both.
app.post('/api/waves', (_request, response) => {
  waving.emit('waved', { name: 'The server' });
  response.json({ people: waving.connections.length });
});
app.get('/api/messages/:channelId', async ({ params }, response) => {
  const messages = await chat.messages.list(params.channelId, { limit: 50 });
  response.json(messages.map(({ senderName, text }) => ({ senderName, text })));
});
