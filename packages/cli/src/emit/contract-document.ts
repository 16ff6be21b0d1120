import {
  type Contract,
  type ContractDefinition,
  type ContractEvent,
  type EventDefinition,
  findBoundsIssue,
  type PayloadSchema,
  WirepactError,
} from '@wirepact/contract';
import type { ContractDocument, EventDocument, SchemaReference } from '../contract-document';
import { NamedSchemas } from './named-schemas';
import { toTypeName } from './type-name';

const isDefinition = (contract: Contract): contract is ContractDefinition =>
  'errors' in contract &&
  [contract.clientToServer, contract.serverToClient].every((events) =>
    Object.values(events).every((event) => 'description' in event),
  );

/** One contract on its way to a document: what is in its way is collected, so that all of it is told at once. */
class DocumentBuilder {
  readonly obstacles: string[] = [];
  readonly schemas = new NamedSchemas();

  events(events: Readonly<Record<string, EventDefinition>>): Record<string, EventDocument> {
    return Object.fromEntries(Object.entries(events).map(([name, event]) => [name, this.event(name, event)]));
  }

  private event(name: string, event: EventDefinition): EventDocument {
    const payload = this.reference(`${name}.payload`, toTypeName(name), event.payload);
    const reply = this.reference(`${name}.reply`, toTypeName(`${name}_reply`), event.reply);
    this.checkExamples(name, event);
    return {
      description: event.description,
      ...(payload && { payload }),
      ...(reply && { reply }),
      errors: event.errors,
      limits: event.limits,
      examples: event.examples,
      since: event.since,
      ...(event.deprecated !== undefined && { deprecated: event.deprecated }),
      ...(event.room && { room: event.room }),
      ...(event.actor !== undefined && { actor: event.actor }),
    };
  }

  private checkExamples(name: string, { payload, limits, examples }: EventDefinition): void {
    for (const [index, example] of examples.entries()) {
      if (payload?.check(example) && !findBoundsIssue(example, limits)) continue;
      this.obstacles.push(`${name}.examples[${index}]: it is not a payload of the event`);
    }
  }

  private reference(
    place: string,
    name: string,
    schema: ContractEvent['payload'],
  ): SchemaReference | undefined {
    if (!schema) return undefined;
    const { json, obstacles } = declarationOf(schema);
    this.obstacles.push(...obstacles.map((obstacle) => `${place}: ${obstacle}`));
    return this.schemas.add(name, json, place);
  }
}

const declarationOf = ({ declaration }: PayloadSchema) =>
  declaration ?? {
    json: {},
    obstacles: ['it was built already; extend the declaration of the contract instead'],
  };

/**
 * A contract as plain JSON: what everything else is emitted from. A schema with a `title` becomes a type of that
 * name; payloads and replies without one are named after their event: `send_message` gives `SendMessage` and
 * `SendMessageReply`.
 *
 * @throws WirepactError `INVALID_CONTRACT` where something of the contract cannot be written down as JSON Schema,
 * with everything that is in the way, by event and place; or where two different schemas have one name.
 */
export function toContractDocument(contract: Contract): ContractDocument {
  const { name, version } = contract;
  if (!isDefinition(contract)) {
    throw new WirepactError(
      'INVALID_CONTRACT',
      `${name}: it has events that were built already; build from what \`defineContract\` and \`extendContract\` declare.`,
    );
  }
  const builder = new DocumentBuilder();
  const clientToServer = builder.events(contract.clientToServer);
  const serverToClient = builder.events(contract.serverToClient);
  const obstacles = [...builder.obstacles, ...builder.schemas.obstacles];
  if (obstacles.length > 0) {
    const list = obstacles.map((obstacle) => `\n- ${obstacle}`).join('');
    throw new WirepactError('INVALID_CONTRACT', `${name} cannot be built ahead of time:${list}`);
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:wirepact:${name}:${version}`,
    title: name,
    version,
    ...(contract.extends && { extends: contract.extends }),
    errors: contract.errors,
    clientToServer,
    serverToClient,
    $defs: builder.schemas.definitions(),
  };
}
