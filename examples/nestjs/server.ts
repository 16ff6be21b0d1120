import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { attachChatServer, createSqliteStore } from '@wirepact/server';
import { PollsGateway } from './polls.gateway';

const { PORT = '3000', DATABASE = 'chat.db' } = process.env;

@Module({ providers: [PollsGateway] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });

// The gateway is at Socket.IO's own path, the chat beside it.
const chat = attachChatServer(app.getHttpServer(), {
  path: '/chat/',
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
await chat.ready;

await app.listen(PORT);
console.log(`Nest is at http://localhost:${app.getHttpServer().address().port}`);
