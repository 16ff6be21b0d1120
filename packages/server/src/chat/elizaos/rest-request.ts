import { type PayloadOf, type ReplyOf, type RequestNames, WirepactError } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import { fieldsOf } from '../../runtime/dialects/fields-of';
import type { Identity } from '../../runtime/ports/identity';
import type { Agent } from '../ports/agent';
import type { ChannelService } from '../services/channels';
import type { MessageService } from '../services/messages';

type Requests = Protocol['clientToServer'];

/** Whoever sent a request, and may do what its connections may. */
export interface RestCaller {
  readonly identity: Identity | undefined;
  ask(event: string, payload: unknown): Promise<unknown>;
}

/** What the REST side of ElizaOS is told that the chat does not know. */
export interface ElizaosRestOptions {
  /**
   * Ids of the channels that a list of channels shows to somebody; 1,000 are shown at most. Default: none, as the chat does
   * not know whose channels are whose.
   */
  channelsOf?: (identity: Identity | undefined) => readonly string[] | Promise<readonly string[]>;
}

/** What requests are answered from. */
export interface RestServices extends Required<ElizaosRestOptions> {
  readonly channels: ChannelService;
  readonly messages: Pick<MessageService, 'readPage'>;
  readonly agents: readonly Pick<Agent, 'id'>[];
}

/** One request, as the function of its route sees it. */
export interface RestRequest {
  readonly caller: RestCaller;
  readonly services: RestServices;
  /** What its path names: a channel or server, then a message. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  /** The properties of its body. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What is answered: 204 has no data. */
export interface RestAnswer {
  readonly status: 200 | 201 | 204;
  readonly data?: unknown;
}

/** Asks for an event of the protocol; what the payload really is, the contract says. */
export const ask = <Name extends RequestNames<Requests>>(
  { caller }: RestRequest,
  event: Name,
  payload: { readonly [Property in keyof PayloadOf<Requests[Name]>]?: unknown },
): Promise<ReplyOf<Requests[Name]>> =>
  // The pipeline has checked the reply.
  caller.ask(event, payload) as Promise<ReplyOf<Requests[Name]>>;

/** An error about a request. */
export const invalidRequest = (message: string) => new WirepactError('INVALID_PAYLOAD', message);

/** Whether an error has a code. */
export const hasCode = (cause: unknown, code: string): boolean => fieldsOf(cause).code === code;
