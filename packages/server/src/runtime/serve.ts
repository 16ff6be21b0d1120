import { setTimeout as delay } from 'node:timers/promises';
import {
  type Contract,
  createDeprecationWarning,
  type EventRegistry,
  type Handlers,
  type SessionNames,
} from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { Application, Attach, Server, ServerParts, ServerSetup } from './application';
import { createCallers } from './callers';
import { checkDialects } from './check-dialects';
import { createClientRequests } from './client-requests';
import { createCountedSessions } from './counted-sessions';
import { createDisconnect } from './disconnect';
import { endGradually } from './end-gradually';
import { readRateLimit } from './environment';
import { createAuthorization } from './gateway/authorization';
import { createEmitCheck } from './gateway/emit-check';
import { createGateway, type Gateway } from './gateway/gateway';
import { createRateMeters, type RateLimit } from './gateway/rate-meter';
import { retryable } from './gateway/retryable';
import type { Sessions } from './gateway/sessions';
import { createWireErrors } from './gateway/wire-errors';
import { createHealth } from './health';
import { createHttpEntrance, type HttpEntrance } from './http/http-entrance';
import type { Connection } from './ports/connection';
import type { Attempt } from './ports/identity';
import type { ServerState } from './ports/metrics';
import type { Fleet } from './ports/scale-out';
import { readNumbers, SERVER_NUMBERS } from './server-options';
import { createGreeting, sayFarewell } from './session/greeting';
import {
  addressed,
  createSessionCosts,
  createSessionHandlers,
  sessionEventsOf,
  withSessionEvents,
} from './session/session-events';
import { Streams } from './streams/streams';
import type { Transport } from './transport/transport';
import { toTransportSettings } from './transport-settings';

const isProduction = () => process.env.NODE_ENV === 'production';

/** What a server wires once and for all its connections. */
interface Wiring<Events extends EventRegistry> extends ServerParts<Events> {
  readonly contract: Contract;
  readonly sessions: Sessions;
  readonly transport: Transport<Events>;
  readonly entrance: HttpEntrance;
  readonly rateLimit: RateLimit | undefined;
  readonly fleet: Fleet | undefined;
  readonly logger: Logger;
  readonly connectionLogger: Logger;
  readonly toWireError: ReturnType<typeof createWireErrors>;
}

/** A check of what is emitted, but for what others have looked at. */
function checkEmitsOf(contract: Contract, names: SessionNames, isChecked?: (event: string) => boolean) {
  const sessionNames = new Set<string>(Object.values(names));
  return createEmitCheck(contract, (event) => sessionNames.has(event) || isChecked?.(event) === true);
}

/** Attaches; where that cannot be done, the process is joined to no others either. */
function attachJoined<Events extends EventRegistry>(
  attach: Attach<Events>,
  options: Parameters<Attach<Events>>[0] & Pick<Wiring<Events>, 'fleet'>,
): Transport<Events> {
  try {
    return attach(options);
  } catch (cause) {
    options.fleet?.close();
    throw cause;
  }
}

function wire<Events extends EventRegistry, About extends Attempt>(
  attach: Attach<Events>,
  {
    contract: own,
    names,
    options,
    authorization,
    protocolName,
    isChecked,
    logger: root,
  }: ServerSetup<Events, About>,
): Wiring<Events> {
  const numbers = readNumbers(options, SERVER_NUMBERS);
  const { hookTimeoutMs: timeoutMs, maxStreams } = numbers;
  const logger = root.child({ category: 'server' });
  const connectionLogger = root.child({ category: 'connection' });
  const contract = withSessionEvents(own, names);
  const meter = options.metrics?.meter(contract);
  const rateLimit = readRateLimit(options.rateLimit, process.env);
  const settings = toTransportSettings(options, numbers, contract);
  const fleet = options.scaleOut?.join(contract.name, logger);
  const isLimited = rateLimit !== undefined;
  const counted = { contract, protocolName, isLimited, timeoutMs, counter: fleet?.counter, logger };
  const sessions = createCountedSessions(options, counted);
  const transport = attachJoined(attach, {
    ...settings,
    fleet,
    identify: sessions.identify,
    onRefusal: meter && ((code) => meter.refused(code)),
    farewell: (connection, reason, message) => sayFarewell(connection, names.ended, reason, message),
    checkEmit: (options.checkEmits ?? !isProduction()) ? checkEmitsOf(contract, names, isChecked) : undefined,
    ask: createClientRequests(contract),
    logger: connectionLogger,
  });
  const toWireError = createWireErrors(contract, logger);
  return {
    contract,
    numbers,
    sessions,
    transport,
    entrance: createHttpEntrance(settings),
    rateLimit,
    fleet,
    logger,
    connectionLogger,
    toWireError,
    broadcaster: transport,
    peers: transport.peers,
    disconnect: createDisconnect(transport, transport.peers),
    authorization: createAuthorization<About>({
      ...authorization,
      alwaysAllowed: new Set([...authorization.alwaysAllowed, ...sessionEventsOf(names)]),
      timeoutMs,
      logger,
    }),
    streams: new Streams({ names, maxStreams, toWireError }),
    meter,
    tracing: options.tracing,
  };
}

/** How a server stands. */
const readState = <Events extends EventRegistry>(
  { transport, streams }: Wiring<Events>,
  gateway: Pick<Gateway<never>, 'underWay'>,
  { running }: Pick<Application<Events, never>, 'running'>,
): ServerState => ({
  ...transport.measure(),
  running: { requests: gateway.underWay, streams: streams.count, ...running?.() },
});

/** The pipeline of a server: the session's events are answered here, whatever its contract. */
function createPipeline<Events extends EventRegistry, Context extends { connection: Connection<Events> }>(
  names: SessionNames,
  {
    contract,
    sessions,
    streams,
    authorization,
    numbers,
    toWireError,
    meter,
    tracing,
    logger,
  }: Wiring<Events>,
  { handlers, costs, timeoutOf, goesOn, onFailure }: Application<Events, Context>,
): Gateway<Context> {
  const { maxPendingEvents: maxPending, maxPendingSize, maxRefusals } = numbers;
  const all = { ...createSessionHandlers({ names, sessions, streams }), ...handlers };
  return createGateway({
    contract,
    // That there is one for each event of the contract is asked by the types of whoever serves it.
    handlers: all as Handlers<Contract, Context>,
    costs: { ...createSessionCosts<Context>({ names, streams }), ...costs },
    limits: { maxPending, maxPendingSize, maxRefusals },
    authorize: ({ connection }, subject) => authorization.check(connection, addressed(names, subject)),
    timeoutOf,
    toWireError,
    meter,
    tracing,
    logger,
    ...(goesOn && { goesOn }),
    ...(onFailure && { onFailure }),
    ...(!isProduction() && {
      onUse: createDeprecationWarning((message) =>
        logger.warn(`a client used what it should not: ${message}`),
      ),
    }),
  });
}

/** Takes no new connections, sends those there are elsewhere, takes nothing new, lets what is under way finish in time, then ends everything. */
async function closeInOrder<Events extends EventRegistry>(
  { transport, streams, numbers, fleet }: Wiring<Events>,
  gateway: Gateway<never>,
  { idle, stop, release }: Pick<Application<Events, never>, 'idle' | 'stop' | 'release'>,
  stopMeasuring: (() => void) | undefined,
): Promise<void> {
  transport.refuse();
  await endGradually(() => transport.connections(), numbers.drainSpreadMs);
  const isClosing = retryable('UNAVAILABLE', 'The server is closing.').toWire();
  const drained = Promise.all([gateway.drain().then(() => idle?.()), streams.end(isClosing)]);
  await Promise.race([drained, delay(numbers.drainTimeoutMs, undefined, { ref: false })]);
  stop?.();
  await transport.close();
  stopMeasuring?.();
  fleet?.close();
  await release?.();
}

/** The composition root of every server: everything it consists of, wired once, around what its application does. */
export function serve<
  Events extends EventRegistry,
  Context extends { connection: Connection<Events> },
  About extends Attempt,
  App extends Application<Events, Context>,
>(
  attach: Attach<Events>,
  setup: ServerSetup<Events, About>,
  start: (parts: ServerParts<Events>) => App & Application<Events, Context>,
): Server<Events, App> {
  const { contract, greetingOf, names } = setup;
  checkDialects(contract, setup.options.dialects);
  const wiring = wire(attach, setup);
  const application = start(wiring);
  const gateway = createPipeline(names, wiring, application);
  const { rateLimit, fleet, meter, logger, connectionLogger } = wiring;
  const meterOf = rateLimit && createRateMeters(rateLimit, logger, fleet?.counter);
  const greet = createGreeting({ contract, names, greetingOf, logger: connectionLogger });
  wiring.transport.onConnection((connection) => {
    const context = application.contextOf(connection);
    greet(connection);
    wiring.sessions.open(connection);
    const meter = meterOf?.(connection.address, connection.identity?.entityId);
    return gateway.accept(context, connection, meter);
  });
  wiring.transport.onEnd((connection) => {
    application.onEnd?.(connection);
    meter?.ended('connection', String(connection.closed.reason));
  });
  const stopMeasuring = meter?.watch(() => readState(wiring, gateway, application));
  let closed: Promise<void> | undefined;
  return {
    broadcaster: wiring.broadcaster,
    disconnect: wiring.disconnect,
    application,
    call: createCallers({ sessions: wiring.sessions, application, gateway, meterOf }),
    entrance: wiring.entrance,
    health: createHealth({
      isClosing: () => closed !== undefined,
      checkStore: application.checkStore,
      checkScaleOut: fleet && (() => fleet.check()),
    }),
    close() {
      closed ??= closeInOrder(wiring, gateway, application, stopMeasuring);
      return closed;
    },
  };
}
