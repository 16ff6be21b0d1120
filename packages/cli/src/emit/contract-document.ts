import {
  type Contract,
  type ContractEvent,
  type ErrorDefinition,
  type ErrorRegistry,
  findBoundsIssue,
  type PayloadSchema,
  type PresenceRegistry,
  WirepactError,
} from '@wirepact/contract/runtime';
import type { ContractDefinition, EventDefinition } from '@wirepact/contract/tools';
import type { ContractDocument, ErrorDocument, EventDocument, SchemaReference } from '../contract-document';
import { NamedSchemas } from './named-schemas';
import { toTypeName } from './type-name';

/** True for what was declared: what was built has lost what is only for people. */
const isDefinition = (contract: Contract): contract is ContractDefinition =>
  contract.errors !== undefined &&
  [contract.clientToServer, contract.serverToClient, contract.errors].every((registry) =>
    Object.values(registry).every((entry) => 'description' in entry),
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
    const stream = this.reference(`${name}.stream`, toTypeName(`${name}_item`), event.stream);
    this.checkExamples(name, event);
    return {
      description: event.description,
      ...(payload && { payload }),
      ...(reply && { reply }),
      ...(stream && { stream }),
      ...(event.resume && { resume: event.resume }),
      ...(event.durable && { durable: event.durable }),
      ...(event.key !== undefined && { key: event.key }),
      errors: event.errors,
      limits: event.limits,
      examples: event.examples,
      since: event.since,
      ...(event.deprecated !== undefined && { deprecated: event.deprecated }),
      ...(event.room && { room: event.room }),
      ...(event.actor !== undefined && { actor: event.actor }),
    };
  }

  presence(presence: PresenceRegistry): ContractDocument['presence'] {
    const entries = Object.entries(presence).flatMap(([kind, schema]) => {
      const reference = this.reference(`presence.${kind}`, toTypeName(`${kind}_presence`), schema);
      return reference ? [[kind, reference] as const] : [];
    });
    return Object.fromEntries(entries);
  }

  errors(errors: ErrorRegistry): ContractDocument['errors'] {
    return Object.fromEntries(Object.entries(errors).map(([code, error]) => [code, this.error(code, error)]));
  }

  private error(code: string, { data: schema, ...definition }: ErrorDefinition): ErrorDocument {
    const data = this.reference(`errors.${code}.data`, toTypeName(`${code.toLowerCase()}_data`), schema);
    return { ...definition, ...(data && { data }) };
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
  const presence = contract.presence && builder.presence(contract.presence);
  const errors = builder.errors(contract.errors);
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
    errors,
    ...(presence && { presence }),
    clientToServer,
    serverToClient,
    $defs: builder.schemas.definitions(),
  };
}
