import { readdirSync, readFileSync } from 'node:fs';

const NANOS_PER_MICRO = 1_000;
/** Behind the program's name, which may have anything in it: its state, then its parent. */
const PARENT = /^\d+ \(.*\) \S (\d+) /s;

/** CPU time of processes so far, in microseconds, by their ids. */
export type ProcessCpu = ReadonlyMap<number, number>;

/** What is read of a process; `fallback` where it has ended meanwhile. */
function readProcess<Value>(read: () => Value, fallback: Value): Value {
  try {
    return read();
  } catch {
    return fallback;
  }
}

const parentOf = (pid: number) =>
  readProcess(() => Number(PARENT.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]), 0);

/** A process and those it has started, such as the primary of a cluster or of a PostgreSQL. Linux alone tells. */
export function familyOf(pid: number): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return [pid, ...pids.filter((other) => parentOf(other) === pid)];
}

function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanos = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanos.reduce((sum, one) => sum + one, 0) / NANOS_PER_MICRO;
}

/** What processes have cost so far, all their threads included. Linux alone tells. */
export const readProcessCpu = (pids: readonly number[]): ProcessCpu =>
  new Map(pids.map((pid) => [pid, readProcess(() => cpuOf(pid), 0)]));

/** Microseconds between two readings: one that has begun in between has cost all it has, one that has ended is left out. */
export const cpuBetween = (before: ProcessCpu, after: ProcessCpu): number =>
  [...after].reduce((sum, [pid, micros]) => sum + Math.max(0, micros - (before.get(pid) ?? 0)), 0);
