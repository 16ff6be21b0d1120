/** What a {@link FigureCard} shows. */
export interface FigureCardProps {
  readonly name: string;
  /** The latest of {@link values}, as people read it. */
  readonly shown: string;
  /** Oldest first. */
  readonly values: readonly number[];
}

const WIDTH = 100;
const HEIGHT = 28;

/** A line from the oldest value to the latest, from zero up. */
function Sparkline({ values }: { readonly values: readonly number[] }) {
  const highest = Math.max(...values.filter(Number.isFinite), Number.MIN_VALUE);
  const toPoint = (value: number, index: number) => {
    const x = (index / Math.max(1, values.length - 1)) * WIDTH;
    const y = HEIGHT - 1 - Math.min(1, value / highest) * (HEIGHT - 2);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  return (
    <svg
      className="figure__line"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polyline points={values.map(toPoint).join(' ')} />
    </svg>
  );
}

/** One figure, with how it was over the last minutes. */
export const FigureCard = ({ name, shown, values }: FigureCardProps) => (
  <div className="figure">
    <dt>{name}</dt>
    <dd>
      <span className="figure__value">{shown}</span>
      <Sparkline values={values} />
    </dd>
  </div>
);
