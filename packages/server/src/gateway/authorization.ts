import { WirepactError } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { Agent } from '../ports/agent';
import type { Attempt, Authorize, Identity } from '../ports/identity';

const forbidden = (message: string) => new WirepactError('FORBIDDEN', message);

/** Events that change what others see; without `authorize` nobody has said who may do that. */
const MANAGEMENT_EVENTS: ReadonlySet<string> = new Set([
  'delete_message',
  'clear_channel',
  'update_channel',
  'delete_channel',
] satisfies (keyof Protocol['clientToServer'])[]);

const stringProperty = (payload: unknown, name: string): string | undefined => {
  if (typeof payload !== 'object' || payload === null || !Object.hasOwn(payload, name)) return undefined;
  const value: unknown = Reflect.get(payload, name);
  return typeof value === 'string' ? value : undefined;
};

/** Whoever is signed in acts as nobody else, and nobody acts as an agent of the server. */
function checkSender(
  identity: Identity | undefined,
  entityId: string | undefined,
  agentIds: ReadonlySet<string>,
): void {
  if (entityId === undefined) return;
  if (identity && entityId !== identity.entityId) {
    throw forbidden('`entityId` is not who is signed in on this connection.');
  }
  if (agentIds.has(entityId)) throw forbidden('`entityId` is an agent of this server.');
}

/** Checks attempts: the sender is who it says, and `authorize` allows it. */
export function createAuthorization(agents: readonly Agent[], authorize: Authorize | undefined) {
  const agentIds = new Set(agents.map(({ id }) => id));

  /** @throws WirepactError `FORBIDDEN` */
  return (attempt: Omit<Attempt, 'channelId'>): Promise<void> | undefined => {
    checkSender(attempt.identity, stringProperty(attempt.payload, 'entityId'), agentIds);
    if (!authorize) {
      if (!MANAGEMENT_EVENTS.has(attempt.event)) return undefined;
      throw forbidden(`${attempt.event} needs a server whose \`authorize\` allows it; this one has none.`);
    }
    const channelId =
      stringProperty(attempt.payload, 'channelId') ?? stringProperty(attempt.payload, 'roomId');
    return askHost(authorize, { ...attempt, channelId });
  };
}

async function askHost(authorize: Authorize, attempt: Attempt): Promise<void> {
  if (!(await authorize(attempt))) throw forbidden(`You may not ${attempt.event} here.`);
}
