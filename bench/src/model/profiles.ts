/** What the people of a service do, as far as its servers notice. */
export interface Profile {
  readonly name: string;
  /** The part of the connections that say something now and then. */
  readonly active: number;
  /** Messages a minute of each of those; all are stored. */
  readonly messages: number;
  /** Members of a room who are connected, and hear each message. */
  readonly members: number;
  /** What is relayed and not stored for each message: pieces of an answer, who types. */
  readonly relayed: number;
}

export const PROFILES: readonly Profile[] = [
  { name: 'support: two in a room', active: 0.2, messages: 2, members: 2, relayed: 2 },
  { name: 'team: fifty in a room', active: 0.05, messages: 1, members: 50, relayed: 2 },
  { name: 'agents: answers in a hundred pieces', active: 0.1, messages: 0.5, members: 2, relayed: 100 },
  { name: 'stage: five thousand listen', active: 0.001, messages: 4, members: 5_000, relayed: 0 },
];
