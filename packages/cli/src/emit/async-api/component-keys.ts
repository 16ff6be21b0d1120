/** Hands out keys that AsyncAPI allows, each once: names on the wire may have any characters. */
export class ComponentKeys {
  private readonly taken = new Set<string>();

  /** A key for `name`: the name itself, where it can be one and is free. */
  add(name: string): string {
    const plain = name.replace(/[^\w-]/g, '_') || '_';
    let key = plain;
    for (let count = 2; this.taken.has(key); count += 1) key = `${plain}_${count}`;
    this.taken.add(key);
    return key;
  }

  /** A key for each of `names`, in their order. */
  addAll(names: readonly string[]): ReadonlyMap<string, string> {
    return new Map(names.map((name) => [name, this.add(name)]));
  }
}
