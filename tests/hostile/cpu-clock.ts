import { readFileSync } from 'node:fs';

/**
 * Time that the main thread of a process has computed, in milliseconds: what its event loop has used. Other
 * processes on the machine do not make it longer, as they do the time on the wall.
 */
export const cpuMsOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;

/** The most memory a process has held at once so far, in MB. */
export function peakMemoryOf(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
