import type { ContractDocument, EventDocument, SchemaReference } from '@wirepact/cli';
import {
  type ContractEvent,
  createPayloadSchema,
  findBoundsIssue,
  findPayloadError,
  type PayloadSchema,
} from '@wirepact/contract/runtime';
import { type Interpretation, interpret, nameIn, type Shape, ShapeReader } from '@wirepact/contract/tools';
import { type Flawed, listFlaws } from '../../sample/flaws';
import type { Random } from '../../sample/random';
import { type Fullness, sampleValue } from '../../sample/sampler';

/** A payload that an event has to refuse, and how. */
export interface RefusedPayload extends Flawed {
  readonly code: 'INVALID_PAYLOAD' | 'INVALID_UUID' | 'PAYLOAD_TOO_LARGE';
  /** JSON Pointers to what may be named as wrong. */
  readonly paths: ReadonlySet<string>;
}

/** An event of a contract, as it is declared in its document, with the checks of what it carries. */
export interface EventView {
  readonly name: string;
  readonly declared: EventDocument;
  /** What the kit's own checks take. */
  readonly event: ContractEvent;
  /** A valid payload; `undefined` where none was found. An event without a payload has `null`. */
  readonly sample: (random: Random, fullness: Fullness) => unknown;
  /** A reply that is valid; `undefined` where none was found, or none is declared. */
  readonly sampleReply: (random: Random) => unknown;
  /** An item of its stream, as `sampleReply`. */
  readonly sampleItem: (random: Random) => unknown;
  /** Payloads that are wrong in one thing each, made from a valid one. */
  readonly flaws: (payload: unknown) => readonly RefusedPayload[];
}

/** A contract as checks read it. */
export interface ContractView {
  readonly name: string;
  readonly version: string;
  readonly errors: ContractDocument['errors'];
  readonly presence: Readonly<Record<string, PayloadSchema>>;
  /** What a member of a kind of room may say that it does; `undefined` where that was not found. */
  readonly sampleState: (kind: string, random: Random) => unknown;
  readonly clientToServer: readonly EventView[];
  readonly serverToClient: ReadonlyMap<string, EventView>;
  /** Whether `data` is what the code tells besides. */
  readonly isErrorData: (code: string, data: unknown) => boolean;
}

const BOUND_KEYWORDS = new Set(['maxDepth', 'maxProperties', 'maxSize']);
const BOUND_KINDS = new Set(['too deep', 'too wide', 'too large']);

/** How the event refuses what is wrong; nothing where it has no objection. */
function refusalOf(
  { limits }: ContractEvent,
  issuesOf: Interpretation['issues'],
  flawed: Flawed,
): RefusedPayload[] {
  const bound = findBoundsIssue(flawed.payload, limits);
  const issues = bound ? [bound] : issuesOf(flawed.payload);
  if (issues.length === 0) return [];
  const paths = new Set(issues.map(({ path }) => path));
  if (bound && BOUND_KEYWORDS.has(bound.keyword)) {
    const kind = BOUND_KINDS.has(flawed.kind) ? flawed.kind : 'too large';
    return [{ ...flawed, kind, code: 'PAYLOAD_TOO_LARGE', paths }];
  }
  const areIds = issues.every(({ keyword }) => keyword === 'format:uuid');
  return [
    areIds
      ? { ...flawed, kind: 'ids', code: 'INVALID_UUID', paths }
      : { ...flawed, code: 'INVALID_PAYLOAD', paths },
  ];
}

/** Reads the schemas of one document. */
class ViewReader {
  private readonly types: ShapeReader;

  constructor(private readonly document: ContractDocument) {
    this.types = new ShapeReader({ title: document.title, $defs: document.$defs });
  }

  readonly typeOf = (name: string): Shape => this.types.readType(name);

  schema(reference: SchemaReference | undefined): PayloadSchema | undefined {
    return reference && createPayloadSchema(interpret(this.typeOf(nameIn(reference.$ref)), this.typeOf));
  }

  private sample(
    reference: SchemaReference | undefined,
    random: Random,
    fullness: Fullness = 'some',
  ): unknown {
    return reference && sampleValue(this.typeOf(nameIn(reference.$ref)), this.typeOf, random, fullness);
  }

  event(name: string, declared: EventDocument): EventView {
    const { limits } = declared;
    const shape = declared.payload && this.typeOf(nameIn(declared.payload.$ref));
    const event: ContractEvent = {
      payload: this.schema(declared.payload),
      reply: this.schema(declared.reply),
      stream: this.schema(declared.stream),
      limits,
    };
    return {
      name,
      declared,
      event,
      sample: (random, fullness) =>
        shape
          ? sampleValue(shape, this.typeOf, random, fullness, (value) => !findPayloadError(event, value))
          : null,
      sampleReply: (random) => this.sample(declared.reply, random),
      sampleItem: (random) => this.sample(declared.stream, random),
      flaws: (payload) => {
        if (!shape) return [];
        const { issues } = interpret(shape, this.typeOf);
        return listFlaws(payload, shape, this.typeOf, limits).flatMap((one) => refusalOf(event, issues, one));
      },
    };
  }

  view(): ContractView {
    const { document } = this;
    const clientToServer = Object.entries(document.clientToServer);
    const serverToClient = Object.entries(document.serverToClient);
    const data = new Map(
      Object.entries(document.errors).map(([code, error]) => [code, this.schema(error.data)]),
    );
    const presence = Object.entries(document.presence ?? {}).flatMap(([kind, reference]) => {
      const schema = this.schema(reference);
      return schema ? [[kind, schema] as const] : [];
    });
    return {
      name: document.title,
      version: document.version,
      errors: document.errors,
      presence: Object.fromEntries(presence),
      sampleState: (kind, random) => this.sample(document.presence?.[kind], random, 'most'),
      clientToServer: clientToServer.map(([name, event]) => this.event(name, event)),
      serverToClient: new Map(serverToClient.map(([name, event]) => [name, this.event(name, event)])),
      isErrorData: (code, value) => data.get(code)?.check(value) ?? true,
    };
  }
}

/** Reads a contract's document. @throws WirepactError `INVALID_CONTRACT` */
export const viewContract = (document: ContractDocument): ContractView => new ViewReader(document).view();
