import type { Goals } from './figure';

/** Of the rate of plain Socket.IO, at least. */
export const PIPELINE_GOALS: Goals = { ours: 5, sqlite: 4 };

/** Of plain Socket.IO's CPU, which checks nothing. */
export const SEND_GOALS: Goals = { ours: 0.6 };

/** Of the CPU of each library that one would build the same with. */
export const RIVAL_GOAL = 0.5;

/** Of plain Socket.IO's CPU, where every message is on the disk before it is acknowledged and plain Socket.IO keeps none. */
export const STORED_GOALS: Goals = { sqlite: 1.1, postgres: 1.3 };

/** Of plain Socket.IO's CPU a chunk of an answer. */
export const STREAM_GOALS: Goals = { answering: 1.3 };

/** Of plain Socket.IO's memory a connection: resident, and on the JavaScript heap. */
export const RSS_GOALS: Goals = { ours: 0.85 };
export const HEAP_GOALS: Goals = { ours: 1.3 };

/** Of what a message and an idle connection cost where there is no dialect; the clients speak none. */
export const DIALECTS_GOALS: Goals = { withDialects: 1.02 };

/** Of plain Socket.IO's CPU a delivery, by how many members a message has, and by how many are sent together. */
export const FAN_OUT_GOALS: Readonly<Record<number, Readonly<Record<number, Goals>>>> = {
  100: { 1: { ours: 0.75 } },
  1000: { 1: { ours: 0.65 }, 4: { ours: 0.25 }, 16: { ours: 0.1 } },
};

/** How long deliveries take, beside those of plain Socket.IO. */
export const DELIVERY_LATENCY_GOALS: Goals = { ours: 1 };

/** How much longer a page of a large channel may take than one of a small channel. */
export const LIST_GOALS: Goals = { large: 2 };

/** How much more a message may cost in a view of 30,000 than in one of 1,000. */
export const VIEW_GOALS: Goals = { longView: 1.5 };

/** How much more than a check written by hand an emitted one may take. */
export const VALIDATION_GOALS: Goals = { emitted: 1.3 };

/** What it takes to be ahead of ajv in listing what is wrong. */
export const ISSUES_GOALS: Goals = { emitted: 1 };

/** How much larger than Socket.IO's client a page is with the protocol's checks, lists of issues included. */
export const BUNDLE_GOALS: Goals = { checkedInitial: 1.3, checkedWhole: 1.3 };

/** How much longer the types of 300 events may take to check than those of 25. */
export const TYPE_CHECK_GOALS: Goals = { events300: 3 };

/** How many types the compiler may make of generic ones for an event more. */
export const INSTANTIATIONS_AN_EVENT = 400;

/** How much two nodes may cost together, what joins them included, for what one node does. */
export const NODES_GOALS: Goals = { twoNodes: 1.25 };
