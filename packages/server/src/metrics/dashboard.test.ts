import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createMetrics } from './create-metrics';

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

const DASHBOARD: { readonly panels: readonly Panel[] } = JSON.parse(
  readFileSync(new URL('../../grafana/dashboard.json', import.meta.url), 'utf8'),
);

/** The names of the series that a metric is read as. */
const seriesOf = ({ name, type }: { name: string; type: unknown }) =>
  type === 'histogram' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name];

test('the dashboard asks for metrics that there are, and shows each of them', async () => {
  const { registry } = createMetrics();
  const metrics = await registry.getMetricsAsJSON();
  const known = new Set(
    metrics.map((metric) => ({ name: metric.name, type: String(metric.type) })).flatMap(seriesOf),
  );
  const asked = DASHBOARD.panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/wirepact_\w+/g) ?? []),
  );
  expect(asked.filter((name) => !known.has(name))).toEqual([]);
  const shown = new Set(asked);
  const isShown = (metric: { name: string; type: unknown }) =>
    seriesOf(metric).some((name) => shown.has(name));
  expect(
    metrics.filter(({ name, type }) => !isShown({ name, type: String(type) })).map(({ name }) => name),
  ).toEqual([]);
});
