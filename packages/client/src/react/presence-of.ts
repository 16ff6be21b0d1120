import type { PresenceMember } from '@wirepact/contract/runtime';
import { useEffect, useMemo } from 'react';
import type { Presence, PresenceSetOptions } from '../runtime/presence/presence';
import { constant } from './hold';
import { useObservable, useStable } from './use-observable';

/** What a component says of this client. */
export interface Said<State> {
  /** As `Presence.set`, in place of what was said before; before the channel is joined it says nothing. */
  readonly set: (state: State, options?: PresenceSetOptions) => void;
  /** Takes it back; so does the end of the component. */
  readonly clear: () => void;
}

/** Who is in a channel; the same object until something in it changes. */
export interface PresenceHandle<State> extends Said<State> {
  /** Everybody, this client included; empty where there are more than a server tells of. */
  readonly members: readonly PresenceMember<State>[];
  /** How many there are. */
  readonly count: number;
}

/** Nobody at all. */
export const NOBODY: readonly never[] = [];
const NO_MEMBERS = /* @__PURE__ */ constant(NOBODY);
const NO_COUNT = /* @__PURE__ */ constant(0);

/** What a component says, and takes back when it ends. */
export function useSaid<State>(presence: Presence<State> | undefined): Said<State> {
  const said = useMemo(() => {
    let hasSaid = false;
    return {
      set(state: State, options?: PresenceSetOptions) {
        hasSaid = true;
        presence?.set(state, options);
      },
      clear() {
        if (hasSaid) presence?.clear();
        hasSaid = false;
      },
    };
  }, [presence]);
  useEffect(() => said.clear, [said]);
  return said;
}

/** Who is in a channel, once its presence is known. */
export function usePresenceOf<State>(presence: Presence<State> | undefined): PresenceHandle<State> {
  const members = useObservable<readonly PresenceMember<State>[]>(presence?.members ?? NO_MEMBERS, NOBODY);
  const count = useObservable(presence?.count ?? NO_COUNT, 0);
  const said = useSaid(presence);
  return useStable({ members, count, ...said });
}
