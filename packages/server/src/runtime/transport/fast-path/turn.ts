import { FrameSequence } from './frame-sequence';

/** What has something to write when a turn of the event loop is over. */
export interface Writer {
  flush(): void;
}

let writers: Writer[] = [];
let start = FrameSequence.empty();

function endTurn(): void {
  const flushed = writers;
  writers = [];
  // What was shared in this turn is no longer needed once it is written.
  start = FrameSequence.empty();
  for (const writer of flushed) writer.flush();
}

/** Has `writer` write when this turn of the event loop is over; answers with the sequence that its frames begin from. */
export function writeAtTurnEnd(writer: Writer): FrameSequence {
  if (writers.length === 0) setImmediate(endTurn);
  writers.push(writer);
  return start;
}
