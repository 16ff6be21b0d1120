import type { ServerHandle } from './server-handle';

/** What a server did in one measured window. */
export interface WindowSample {
  /** CPU time of the server's process for each unit of work, in microseconds. */
  cpuMicros: number;
  /** Units of work a second. */
  rate: number;
}

/** Measures a server while `load` runs, which resolves with the units of work it was. */
export async function measureWindow(
  server: ServerHandle,
  load: () => Promise<number>,
): Promise<WindowSample> {
  const cpuBefore = await server.readCpuMicros();
  const start = performance.now();
  const units = await load();
  const seconds = (performance.now() - start) / 1000;
  const cpuAfter = await server.readCpuMicros();
  return { cpuMicros: (cpuAfter - cpuBefore) / units, rate: units / seconds };
}
