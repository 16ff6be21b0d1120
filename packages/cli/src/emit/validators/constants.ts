/** Constants of the emitted modules, by their texts: equal ones are one. */
export class Constants {
  private readonly names = new Map<string, string>();

  /** Name of the constant that has this text. */
  nameOf(text: string): string {
    const name = this.names.get(text) ?? `constant${this.names.size}`;
    this.names.set(text, name);
    return name;
  }

  /** Declarations of all constants, by their names. */
  declarations(): ReadonlyMap<string, string> {
    return new Map([...this.names].map(([text, name]) => [name, `const ${name}=${text};`]));
  }
}
