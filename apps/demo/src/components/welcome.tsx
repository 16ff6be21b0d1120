import { EmptyState } from './empty-state';

const OPENINGS = ['Hello, Eliza', 'I had a strange dream', 'My boss always says no'];

/** A channel nobody has said anything in. */
export const Welcome = ({ onSend }: { onSend: (text: string) => void }) => (
  <EmptyState icon="chat" title="Nothing said yet">
    <p>Eliza listens in this channel. Begin with something of your own, or with one of these:</p>
    <div className="openings">
      {OPENINGS.map((opening) => (
        <button type="button" key={opening} className="button" onClick={() => onSend(opening)}>
          {opening}
        </button>
      ))}
    </div>
  </EmptyState>
);
