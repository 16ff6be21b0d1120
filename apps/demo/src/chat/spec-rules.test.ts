import { expect, test } from 'vitest';
import { loadContractRules } from './contract-rules';
import { readSpecRules } from './spec-rules';

const SPEC = `# Rules

## Painting

- **[PAINT-1]** \`paint\` puts paint on a wall,
  and answers \`painted\`. — *1.0*
- **[PAINT-2]** \`colour\` is required.

  A table that belongs to no rule, of \`painted\`.

- **[PAINT-3]** Nobody paints at night.

## Looking

- **[LOOK-1]** Whoever looks gets \`painted.wall\`.
- **[LOOK-2]** \`colour\` is what it looks like.
`;

test('an event follows the rules that name it, and those on its fields', () => {
  const rules = readSpecRules(SPEC, ['paint', 'painted']);
  expect(rules.get('paint')).toEqual([
    { id: 'PAINT-1', text: '`paint` puts paint on a wall, and answers `painted`. — *1.0*' },
    { id: 'PAINT-2', text: '`colour` is required.' },
  ]);
  expect(rules.get('painted')?.map(({ id }) => id)).toEqual(['PAINT-1', 'LOOK-1']);
});

test('every event of the chat follows some, and a flaw is told by those of its field', async () => {
  const [rules, { default: contract }] = await Promise.all([
    loadContractRules(),
    import('@wirepact/protocol/schema.json'),
  ]);
  const events = Object.keys({ ...contract.clientToServer, ...contract.serverToClient });
  expect(events.filter((event) => rules.rulesOf(event).length === 0)).toEqual([]);
  expect(rules.rulesOfField('send_message', '/text').map(({ id }) => id)).toEqual(['SEND-4', 'SEND-5']);
  expect(rules.rulesOfField('send_message', '/attachments/0/url').map(({ id }) => id)).toEqual(['SEND-10']);
  expect([rules.rulesOf('toString'), rules.rulesOfField('send_message', '')]).toEqual([[], []]);
  expect(rules.describeEvent('toString')).toBeUndefined();
});
