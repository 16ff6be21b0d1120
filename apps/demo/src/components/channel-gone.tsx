import { EmptyState } from './empty-state';

/** What a {@link ChannelGone} offers. */
export interface ChannelGoneProps {
  readonly name: string;
  /** The channel to go to instead; absent where there is none. */
  readonly elsewhere: { readonly id: string; readonly name: string } | undefined;
  readonly onRestart: () => void;
}

/** A channel that somebody has deleted. */
export const ChannelGone = ({ name, elsewhere, onRestart }: ChannelGoneProps) => (
  <EmptyState icon="channels" title="This channel was deleted">
    <p>“{name}” and its messages are gone. You can go elsewhere, or begin it anew under the same link.</p>
    <div className="openings">
      {elsewhere && (
        <a className="button button--primary" href={`#${elsewhere.id}`}>
          Go to {elsewhere.name}
        </a>
      )}
      <button type="button" className="button" onClick={onRestart}>
        Begin anew
      </button>
    </div>
  </EmptyState>
);
