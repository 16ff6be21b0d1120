import { EmptyState } from './empty-state';

/** What a {@link ChannelGone} offers. */
export interface ChannelGoneProps {
  readonly name: string;
  /** The channel to go to instead; absent where there is none. */
  readonly elsewhere: { readonly id: string; readonly name: string } | undefined;
  /** Own messages that did not get there any more. */
  readonly unsentCount: number;
  readonly onRestart: () => void;
}

/** A channel that somebody has deleted. */
export const ChannelGone = ({ name, elsewhere, unsentCount, onRestart }: ChannelGoneProps) => (
  <EmptyState icon="channels" title="This channel was deleted">
    <p>“{name}” and its messages are gone. You can go elsewhere, or begin it anew under the same link.</p>
    {unsentCount > 0 && (
      <p>
        {unsentCount === 1 ? 'One message of yours was' : `${unsentCount} messages of yours were`} not sent.
        Begin anew to see what to do with {unsentCount === 1 ? 'it' : 'them'}.
      </p>
    )}
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
