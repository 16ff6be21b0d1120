import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitContract } from '../../../packages/cli/src/emit/contract-module';
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

/** How a project speaks: by Socket.IO's own calls with the emitted types, or by our server and our client. */
export type Way = 'socket.io' | 'wirepact';

const SOCKET_IO = `import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from './events';

const server = new Server<ClientToServerEvents, ServerToClientEvents>();
const client: Socket<ServerToClientEvents, ClientToServerEvents> = io();
`;

const WIREPACT = `import { createContractClient } from '@wirepact/client';
import { type ContractHandlers, createContractServer } from '@wirepact/server';
import { contract } from './index';

const client = createContractClient('http://localhost', contract);
`;

const indexOf = (name: string) => name.slice('event_'.length);

const toPayload = (name: string) => {
  const index = indexOf(name);
  return `{ id: 'a', field${index}: 1, name: 'a', text: 'a', at: 1, items: [{ url: 'a', kind: 'image${index}' }] }`;
};

/** Code that emits and handles every event once, by Socket.IO's own calls. */
function toSocketIoUse(requests: readonly string[], events: readonly string[]): string {
  const asked = requests.map(
    (name) => `client.emit('${name}', ${toPayload(name)}, (answer) => answer.ok && answer.data.id.trim());\n`,
  );
  const heard = events.map(
    (name) =>
      `server.emit('${name}', ${toPayload(name)});\nclient.on('${name}', ({ text }) => text.trim());\n`,
  );
  const handled = requests.map(
    (name) => `  socket.on('${name}', ({ id, field${indexOf(name)}: count }) => id.repeat(count));\n`,
  );
  const handlers = `server.on('connection', (socket) => {\n${handled.join('')}});\n`;
  return [SOCKET_IO, ...asked, ...heard, handlers].join('');
}

/** The same by our server and our client. */
function toWirepactUse(requests: readonly string[], events: readonly string[]): string {
  const asked = requests.map(
    (name) => `client.request('${name}', ${toPayload(name)}).then(({ id }) => id.trim());\n`,
  );
  const handled = requests.map((name) => {
    const index = indexOf(name);
    return `  ${name}: (_, { id, field${index}: count }) => ({ id: id.repeat(count), reply${index}: count }),\n`;
  });
  const handlers = `const handlers: ContractHandlers<typeof contract> = {\n${handled.join('')}};\nconst server = createContractServer(contract, { handlers });\n`;
  const heard = events.map(
    (name) =>
      `server.emit('${name}', ${toPayload(name)});\nclient.on('${name}', ({ text }) => text.trim());\n`,
  );
  return [WIREPACT, ...asked, handlers, ...heard].join('');
}

/** Writes a project with the emitted types of so many events, and a typed server and client that use each. */
export async function writeProject(folder: string, count: number, way: Way): Promise<void> {
  const document = createDocument(count);
  const toUse = way === 'wirepact' ? toWirepactUse : toSocketIoUse;
  const use = toUse(Object.keys(document.clientToServer), Object.keys(document.serverToClient));
  await symlink(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
  await writeFile(join(folder, 'types.ts'), emitTypes(document));
  await writeFile(join(folder, 'events.ts'), emitEvents(document));
  await writeFile(join(folder, 'index.d.ts'), emitContract(document, 'contract').declarations);
  await writeFile(join(folder, 'use.ts'), use);
}
