import { type Attachment, readAttachments } from '../chat/attachments';
import { Icon } from './icon';

const Shown = ({ attachment: { title, href, image, description } }: { attachment: Attachment }) => {
  if (image) return <img src={image} alt={title} />;
  return (
    <>
      {href ? (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow">
          <Icon name="link" /> {title}
        </a>
      ) : (
        <b>{title}</b>
      )}
      {description && <span className="attachments__description">{description}</span>}
    </>
  );
};

/** What came with a message: pictures that came whole, and links to everything else. */
export const AttachmentList = ({ attachments }: { attachments: readonly unknown[] | undefined }) => {
  const shown = readAttachments(attachments);
  if (shown.length === 0) return null;
  return (
    <ul className="attachments" aria-label="Attachments">
      {shown.map((attachment) => (
        <li key={attachment.index}>
          <Shown attachment={attachment} />
        </li>
      ))}
    </ul>
  );
};
