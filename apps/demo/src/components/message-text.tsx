const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'])/;

/** What was said: line breaks kept, addresses made links. */
export const MessageText = ({ text, isGrowing }: { text: string; isGrowing?: boolean | undefined }) => (
  <p className={`message__text${isGrowing ? ' message__text--growing' : ''}`}>
    {text.split(LINK).map((part, index) =>
      index % 2 === 1 ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move.
        <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </p>
);
