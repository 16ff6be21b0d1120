import type { Shape } from '@wirepact/contract/tools';
import { countUses } from './shape-graph';

/** The shapes that have a check of their own, each with the name of its function, by which both modules know it. */
export class CheckNames {
  /** One for every type, and one for every shape with rules that is used more than once. */
  readonly functions: ReadonlyMap<Shape, string>;

  constructor(private readonly types: ReadonlyMap<string, Shape>) {
    const uses = countUses(types.values());
    const roots = new Set(types.values());
    const shared = [...uses].filter(
      ([shape, count]) =>
        shape.refersTo === undefined && (roots.has(shape) || (count > 1 && shape.rules.length > 0)),
    );
    this.functions = new Map(shared.map(([shape], index) => [shape, `check${index}`]));
  }

  /** Name of the check of a shape, or of what it refers to; `undefined` where it has none of its own. */
  nameOf(shape: Shape): string | undefined {
    const { refersTo } = shape;
    const meant = refersTo === undefined ? shape : (this.types.get(refersTo) ?? shape);
    return this.functions.get(meant);
  }

  /** The types, each with the name of its check. */
  ofTypes(): Map<string, string> {
    return new Map([...this.types].map(([name, shape]) => [name, this.nameOf(shape) ?? '']));
  }
}
