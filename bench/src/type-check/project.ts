import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitEvents } from '../../../packages/cli/src/emit/events';
import { emitTypes } from '../../../packages/cli/src/emit/typescript';
import { createDocument } from './contract';

/** What a project that uses Socket.IO with the types has for compiler options. */
const CONFIG = {
  compilerOptions: {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: ['node'] },
    ...{ target: 'ES2022', lib: ['ES2023'], module: 'ESNext', moduleResolution: 'Bundler' },
  },
  files: ['use.ts'],
};

const HEAD = `import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from './events';

const server = new Server<ClientToServerEvents, ServerToClientEvents>();
const client: Socket<ServerToClientEvents, ClientToServerEvents> = io();
`;

const toPayload = (name: string) => {
  const index = name.slice('event_'.length);
  return `{ id: 'a', field${index}: 1, name: 'a', text: 'a', at: 1, items: [{ url: 'a', kind: 'image${index}' }] }`;
};

const toRequest = (name: string) =>
  `client.emit('${name}', ${toPayload(name)}, (answer) => answer.ok && answer.data.id.trim());\n`;

const toHandler = (name: string) =>
  `  socket.on('${name}', ({ id, field${name.slice('event_'.length)}: count }) => id.repeat(count));\n`;

const toEvent = (name: string) =>
  `server.emit('${name}', ${toPayload(name)});\nclient.on('${name}', ({ text }) => text.trim());\n`;

/** Code that emits and handles every event once. */
function toUse(requests: readonly string[], events: readonly string[]): string {
  const handlers = `server.on('connection', (socket) => {\n${requests.map(toHandler).join('')}});\n`;
  return [HEAD, ...requests.map(toRequest), ...events.map(toEvent), handlers].join('');
}

/** Writes a project with the emitted types of so many events, and a typed server and client that use each. */
export async function writeProject(folder: string, count: number): Promise<void> {
  const document = createDocument(count);
  const use = toUse(Object.keys(document.clientToServer), Object.keys(document.serverToClient));
  await symlink(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
  await writeFile(join(folder, 'types.ts'), emitTypes(document));
  await writeFile(join(folder, 'events.ts'), emitEvents(document));
  await writeFile(join(folder, 'use.ts'), use);
}
