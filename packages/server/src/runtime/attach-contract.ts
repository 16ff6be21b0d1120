import type { Contract } from '@wirepact/contract/runtime';
import pino from 'pino';
import { type AttachedContractServer, assembleContractServer } from './contract-server';
import { type ContractServerOptions, checkContractOptions } from './contract-server-options';
import { attachTo, type Host } from './host';
import { createOwnHttpServer, type Listening, withListening } from './own-http-server';
import type { ServerOptions } from './server-options';
import { toSteadyLogger } from './steady-logger';
import { attachToHttpServer } from './transport/socket-io';

/** A contract that is served on an http server of its own. */
export interface ContractServer<C extends Contract> extends AttachedContractServer<C>, Listening {}

/** What to say to whoever attaches it to something else. */
const WORDS = {
  attach: 'attachContract',
  ownServer: 'for a server of its own, call createContractServer(contract, options).listen(port)',
};

/** The host's logger, or one on standard output. */
const loggerOf = ({ logger }: Pick<ServerOptions, 'logger'>) =>
  logger ? toSteadyLogger(logger) : pino({ level: process.env.LOG_LEVEL ?? 'info' });

/**
 * Serves a contract on a server the application already has: an http, https or http2 server (Express: what
 * `app.listen` returns; Fastify: `fastify.server`), a Socket.IO server or one of its namespaces. Routes, upgrades and namespaces
 * besides its own stay as they are. Every event is checked, counted, authorized, handled in its turn and acknowledged.
 *
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * const server = attachContract(httpServer, board, {
 *   handlers: { move_card: ({ to }, card) => to('board', card.boardId).emit('cardMoved', card) },
 * });
 */
export function attachContract<C extends Contract>(
  host: Host,
  contract: C,
  options: ContractServerOptions<C>,
): AttachedContractServer<C> {
  checkContractOptions(contract, options);
  return assembleContractServer(attachTo(host, options, WORDS), contract, options, loggerOf(options));
}

/**
 * Serves a contract on an http server of its own, as {@link attachContract} does.
 *
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * const server = createContractServer(board, { handlers });
 * const { url } = await server.listen(3001);
 */
export function createContractServer<C extends Contract>(
  contract: C,
  options: ContractServerOptions<C>,
): ContractServer<C> {
  checkContractOptions(contract, options);
  const httpServer = createOwnHttpServer(() => server.health());
  const logger = loggerOf(options);
  const server = assembleContractServer(
    (wire) => attachToHttpServer(httpServer, wire),
    contract,
    options,
    logger,
  );
  return {
    ...server,
    ...withListening(httpServer, { ready: () => server.ready, close: server.close, logger }),
    get connections() {
      return server.connections;
    },
    get ready() {
      return server.ready;
    },
  };
}
