import { expect, it } from 'vitest';
import { diffContracts } from './diff';
import { formatDiff } from './format-diff';
import { documentOf, eventOf } from './testing/test-documents';

const card = (keywords: object, description: string) => ({
  Card: { type: 'object', properties: { text: { type: 'string', description, ...keywords } } } as const,
});
const move = eventOf({ payload: { $ref: '#/$defs/Card' } });

it('lists the changes by level, the gravest first, each with its reason', () => {
  const before = documentOf({ clientToServer: { move: move }, $defs: card({ maxLength: 100 }, 'One.') });
  const after = documentOf({
    clientToServer: { move: move, stop: eventOf() },
    $defs: card({ maxLength: 50 }, 'Two.'),
  });
  expect(formatDiff(diffContracts(before, after))).toBe(`Breaking (1)
  clientToServer/move/payload/text  maxLength 100 -> 50 [bound-tightened]
                                    Old clients may send strings of up to 100 characters, which the new server refuses.

New or wider (1)
  clientToServer/stop               event added [event-added]
                                    An old server answers UNKNOWN_EVENT; clients that need it ask for the new version when they connect.

Words only (1)
  clientToServer/move/payload/text  description "One." -> "Two." [description-changed]
                                    It is not checked: both sides accept the same as before.

These changes ask for a major version.`);
});

it('says so where nothing has changed', () => {
  expect(formatDiff(diffContracts(documentOf(), documentOf()))).toBe('Nothing has changed.');
});
