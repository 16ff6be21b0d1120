/** Something to wait at while it is paused. */
export interface PauseGate {
  setPaused(isPaused: boolean): void;
  /** Resolves once it is not paused. */
  open(): Promise<void>;
}

/** A gate that is open. */
export function createPauseGate(): PauseGate {
  let opened = Promise.resolve();
  let release: (() => void) | undefined;
  return {
    setPaused(isPaused) {
      if (isPaused === (release !== undefined)) return;
      release?.();
      release = undefined;
      if (!isPaused) return;
      opened = new Promise((resolve) => {
        release = resolve;
      });
    },
    open: () => opened,
  };
}
