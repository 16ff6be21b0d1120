import { weighBundle } from '../bundle-size';
import type { Figure } from '../figure';
import { BUNDLE_GOALS } from '../goals';
import { PAGES, type PageSubject } from '../pages';

const COMMON = { unit: 'bytes, min + gzip', decimals: 0, baseline: 'plainPage' } as const;

/** A size does not vary: one sample says it. */
const toSamples = (sizes: readonly [PageSubject, number][]) =>
  new Map(sizes.map(([subject, bytes]) => [subject, [bytes]]));

/** What a page loads of a typed and checked client, and of ours, against Socket.IO's client alone. */
export async function measureBundle(): Promise<Figure[]> {
  const plain = await weighBundle(PAGES.plain, { splitting: false });
  const checked = await weighBundle(PAGES.checked, { splitting: true });
  const oneFile = await weighBundle(PAGES.checked, { splitting: false });
  const sdk = await weighBundle(PAGES.sdk, { splitting: true });
  return [
    {
      ...{ ...COMMON, title: 'page with checks', goals: BUNDLE_GOALS },
      samples: toSamples([
        ['checkedInitial', checked.initial],
        ['checkedWhole', oneFile.whole],
        ['plainPage', plain.whole],
      ]),
    },
    {
      ...{ ...COMMON, title: 'page with our client' },
      samples: toSamples([
        ['sdkInitial', sdk.initial],
        ['sdkWhole', sdk.whole],
        ['plainPage', plain.whole],
      ]),
    },
  ];
}
