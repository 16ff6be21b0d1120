/** Something a test holds back until it says so. */
export interface Gate {
  open(): void;
  /** Resolves once it is open. */
  readonly opened: Promise<void>;
}

/** A gate that is shut. */
export function createGate(): Gate {
  const gate = { open: (): void => {}, opened: Promise.resolve() };
  gate.opened = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  return gate;
}
