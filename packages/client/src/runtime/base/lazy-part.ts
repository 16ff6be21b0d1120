import { createClientError } from './client-errors';

/** A part of the client that is loaded when it is first needed: pages that do not use it do not load it. */
export class LazyPart<Part> {
  /** The part, once it was asked for. */
  loaded: Promise<Part> | undefined;

  /** What it does, in words that follow "that". */
  readonly #purpose: string;
  readonly #importPart: () => Promise<Part>;

  constructor(purpose: string, importPart: () => Promise<Part>) {
    this.#purpose = purpose;
    this.#importPart = importPart;
  }

  /** Loads the part, once. Rejects with `LOAD_FAILED`; then it can be asked for again. */
  load(): Promise<Part> {
    this.loaded ??= this.#importPart().catch((cause: unknown) => {
      this.loaded = undefined;
      const text = `The part of the client that ${this.#purpose} could not be loaded.`;
      throw createClientError('LOAD_FAILED', text, cause);
    });
    return this.loaded;
  }
}
