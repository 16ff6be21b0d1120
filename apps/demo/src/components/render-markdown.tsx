import type {
  AnchorHTMLAttributes,
  ImgHTMLAttributes,
  InputHTMLAttributes,
  ReactElement,
  ReactNode,
} from 'react';
import Markdown, { type Components } from 'react-markdown';
import breaks from 'remark-breaks';
import gfm from 'remark-gfm';

/** Longer texts are shown as they are: what takes long to read would hold up everybody's page. */
const MAX_LENGTH = 8_000;

/** A line that begins with so many quotes and lists in each other means nothing but to be slow. */
const DEEPLY_NESTED = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])){20}/m;

const SAFE_URL = /^(?:https?:\/\/|mailto:)/i;

/**
 * What is not read: HTML, which is text here; footnotes, whose ids would be the page's; and what turns a line that was
 * shown into something else once the next one begins.
 */
const NOT_READ = [
  ...['htmlFlow', 'htmlText', 'codeIndented', 'setextUnderline'],
  ...['gfmFootnoteDefinition', 'gfmFootnoteCall', 'gfmPotentialFootnoteCall'],
];

/** What the parser is told, as remark keeps it. */
interface ParserData {
  micromarkExtensions?: unknown[];
}

/** A plugin of remark, which is called with the processor as `this`. */
function readLess(this: { data(): object }): void {
  const data: ParserData = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { disable: { null: NOT_READ } }];
}

const Link = ({ href, children }: AnchorHTMLAttributes<HTMLAnchorElement>) =>
  href ? (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ) : (
    children
  );

/** Nothing is loaded from elsewhere because somebody wrote it. */
const ImageLink = ({ src, alt }: ImgHTMLAttributes<HTMLImageElement>) => (
  <Link href={typeof src === 'string' ? src : undefined}>{alt || src || 'image'}</Link>
);

/** Headings of a message are none of the page's. */
const Heading = ({ children }: { children?: ReactNode }) => <p className="message__heading">{children}</p>;

const Task = ({ checked }: InputHTMLAttributes<HTMLInputElement>) => <>{checked ? '☑' : '☐'}</>;

const COMPONENTS: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => <ImageLink src={src} alt={alt} />,
  input: ({ checked }) => <Task checked={checked} />,
  ...{ h1: Heading, h2: Heading, h3: Heading, h4: Heading, h5: Heading, h6: Heading },
};

/**
 * A text as the Markdown that it is, made of elements and never of HTML; `undefined` where it is too long or too deep for
 * that. Links lead to http, https and mailto only.
 */
export function renderMarkdown(text: string): ReactElement | undefined {
  if (text.length > MAX_LENGTH || DEEPLY_NESTED.test(text)) return undefined;
  try {
    // It uses no hooks. Called here, it can be caught: a text that it cannot read is shown as it is.
    return Markdown({
      children: text,
      components: COMPONENTS,
      remarkPlugins: [gfm, breaks, readLess],
      urlTransform: (url) => (SAFE_URL.test(url) ? url : undefined),
    });
  } catch {
    return undefined;
  }
}
