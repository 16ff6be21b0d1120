/** What came with a message, as far as it can be shown. */
export interface Attachment {
  /** Its place among those of the message. */
  readonly index: number;
  readonly title: string;
  /** Where it leads: http or https. */
  readonly href: string | undefined;
  /** A picture that came whole, as a `data:` URL. Nothing is loaded from elsewhere. */
  readonly image: string | undefined;
  /** What it says of itself, or what kind of file it is. */
  readonly description: string | undefined;
}

/** More are not shown. */
const MAX_SHOWN = 20;

const PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,/;

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const nameIn = (href: string) => {
  const { pathname, host } = new URL(href);
  return pathname.split('/').at(-1) || host;
};

/** Attachments that can be shown; what the contract lets anybody put there is left out where it makes no sense. */
export function readAttachments(given: readonly unknown[] = []): readonly Attachment[] {
  return given.slice(0, MAX_SHOWN).flatMap((one, index) => {
    const { url, title, name, description, type }: Record<string, unknown> = Object(one);
    const address = textOf(url) ?? '';
    const href = /^https?:\/\//i.test(address) && URL.canParse(address) ? address : undefined;
    const image = PICTURE.test(address) ? address : undefined;
    const shown = textOf(title) ?? textOf(name) ?? (href && nameIn(href)) ?? (image && 'Picture');
    if (!shown) return [];
    return [{ index, title: shown, href, image, description: textOf(description) ?? textOf(type) }];
  });
}
