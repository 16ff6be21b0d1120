import type { Test } from './source-text';

const OPEN = '\uE001';
const CLOSE = '\uE002';

/** One arrow function of the emitted text, and the variables its body reads values into. */
export class FunctionScope {
  private readonly variables: string[] = [];
  /** Variables that no test reads any more: the next value may be read into one of them. */
  private readonly free: string[] = [];

  private constructor(private readonly names: { count: number }) {}

  /** Text of a function of one value. Names inside are new, so that functions can be nested. */
  static arrow(body: (value: string, scope: FunctionScope) => Test, outer?: FunctionScope): string {
    const scope = new FunctionScope(outer?.names ?? { count: 0 });
    const value = scope.newName();
    const text = body(value, scope);
    if (scope.variables.length === 0) return `${value}=>${text}`;
    return `${value}=>{let ${scope.variables.join()};return ${text}}`;
  }

  /**
   * A test of what `read` reads, which it reads once: into a variable, where the test needs the value again.
   * A test looks at its value first of all, so its first mention is where to read.
   */
  bind(read: string, test: (value: string) => Test): Test {
    const name = this.free.pop() ?? this.newName();
    const mention = OPEN + name + CLOSE;
    const text = test(mention);
    this.free.push(name);
    if (text.split(mention).length <= 2) return text.replace(mention, () => read);
    if (!this.variables.includes(name)) this.variables.push(name);
    return text.replace(mention, () => `(${name}=${read})`).replaceAll(mention, () => name);
  }

  private newName(): string {
    this.names.count += 1;
    return `v${this.names.count}`;
  }
}
