import type { Generated } from 'kysely';

/** A whole number that PostgreSQL answers with as a string. */
type Count = number | string;

/** Tables of a SQL store. Whatever people wrote is inside JSON texts, so no text is one a database refuses. */
export interface StoreSchema {
  channels: {
    /** Names the channel in the rows of what happened in it, which it is kept in the order of: far shorter than its id. */
    number: Generated<Count>;
    id: string;
    server_id: string;
    /** JSON. */
    properties: string;
    /** JSON array of agent ids. */
    agent_ids: string;
    created_at: Count;
    epoch: string;
    /** Number of the last event. */
    seq: Count;
    /** Events up to this number are forgotten. */
    horizon: Generated<Count>;
    /** When the last message was created; the next one was not before. */
    latest_at: Generated<Count>;
  };
  /** Messages that are there. */
  messages: {
    channel_number: Count;
    seq: Count;
    id: string;
    created_at: Count;
    /** JSON of everything else. */
    body: string;
  };
  /** Everything else that happened in channels. */
  journal: {
    channel_number: Count;
    seq: Count;
    created_at: Count;
    event: string;
    /** JSON of what the event needs to be told again. */
    body: string;
  };
  /** First message of a client message id, sender and life of a channel: what a repeat is answered with. */
  sends: {
    /** On which day it was stored, counted from 1970: days that are over are forgotten whole. */
    day: Count;
    /** JSON of the client message id and the sender. */
    send_key: string;
    /** Names the channel as well: no two have the same. */
    epoch: string;
    message_id: string;
    seq: Count;
    created_at: Count;
    /** When it was stored, which is what the time to repeat is counted from. */
    stored_at: Count;
  };
  /** Turns of agents that are under way. */
  turns: {
    channel_id: string;
    message_id: string;
    owner: string;
    beat: Count;
    /** 1 where somebody has asked for its end. */
    is_cancelled: Count;
    /** JSON of what the turn is about. */
    body: string;
    /** JSON of what was said so far. */
    answer: string;
  };
  schema_version: { version: Count };
}

/** One row of values for a statement. */
export type Row = readonly (string | number)[];
