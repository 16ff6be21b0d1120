import { type ContractDocument, toContractDocument } from '@wirepact/cli';
import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

/** An event of the usual size: a dozen fields, some optional, a list of objects, a choice. */
function toPayload(index: number) {
  const Item = Type.Object({ url: Type.String(), kind: Type.Enum([`image${index}`, 'file']) });
  return Type.Object({
    id: Type.String({ format: 'uuid', description: 'What it is about.' }),
    [`field${index}`]: Type.Integer({ minimum: 0 }),
    ...{ name: Type.String(), text: Type.String({ maxLength: 4096 }), at: Type.Number() },
    ...{ flag: Type.Optional(Type.Boolean()), note: Type.Optional(Type.String()) },
    status: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('done'), Type.Null()])),
    items: Type.Optional(Type.Array(Item)),
    tags: Type.Optional(Type.Array(Type.String())),
    more: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    position: Type.Optional(Type.Object({ x: Type.Number(), y: Type.Number() })),
  });
}

const toNotice = (index: number) =>
  defineEvent({ description: `Event number ${index}.`, payload: toPayload(index) });

const toRequest = (index: number) =>
  defineEvent({
    description: `Event number ${index}.`,
    payload: toPayload(index),
    reply: Type.Object({ [`reply${index}`]: Type.Integer(), id: Type.String() }),
  });

const isOfClients = (index: number) => index % 2 === 0;

/** The document of a contract with so many events, by turns of clients and of the server. */
export function createDocument(count: number): ContractDocument {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const contract = defineContract({
    name: 'types',
    version: '1.0.0',
    clientToServer: Object.fromEntries(
      indexes.filter(isOfClients).map((index) => [`event_${index}`, toRequest(index)]),
    ),
    serverToClient: Object.fromEntries(
      indexes.filter((index) => !isOfClients(index)).map((index) => [`event_${index}`, toNotice(index)]),
    ),
  });
  return toContractDocument(contract);
}
