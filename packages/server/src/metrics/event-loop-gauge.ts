import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge, type PrometheusContentType, type Registry } from 'prom-client';

/** How often the event loop is asked how late it is. */
const RESOLUTION_MS = 20;
const NS_PER_SECOND = 1e9;
const PERCENTILES = [50, 99];

/** Registers how late the event loop of this process is, since the metrics were last read. */
export function createEventLoopGauge(registry: Registry<PrometheusContentType>): void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  new Gauge({
    name: 'wirepact_event_loop_delay_seconds',
    help: 'How much later than they should timers of this process were called since the last reading, by quantile; 1 is the latest.',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      // What is measured is the time between two calls, which are due so many milliseconds apart.
      const toDelay = (ns: number) => Math.max(0, ns / NS_PER_SECOND - RESOLUTION_MS / 1_000);
      for (const percentile of PERCENTILES)
        this.set({ quantile: String(percentile / 100) }, toDelay(delays.percentile(percentile)));
      this.set({ quantile: '1' }, toDelay(delays.max));
      delays.reset();
    },
  });
}
