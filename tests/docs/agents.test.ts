import { type Channel, createChatClient } from '@wirepact/client';
import { expect, onTestFinished, test } from 'vitest';
import { readCodeBlocks, runCodeBlock, writeModule } from './code-blocks';

const [server = '', page = ''] = readCodeBlocks('docs/agents.md');
const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';

test('the page shows the answer as it comes, and stops it', async () => {
  const weather = writeModule(
    'agents-weather',
    `export const lookUp = (city: string, signal: AbortSignal) =>
       new Promise<number>((resolve, reject) => {
         if (city === 'Graz') resolve(21);
         signal.addEventListener('abort', () => reject(signal.reason));
       });`,
  );
  const { chat } = await runCodeBlock(server, {
    'declare function lookUp(city: string, signal: AbortSignal): Promise<number>;': `import { lookUp } from '${weather}';`,
    'agents: [ada]': 'agents: [ada], rateLimit: false',
  });
  onTestFinished(() => Object(chat).close());
  const { url } = await Object(chat).listen(0);
  const client = createChatClient(url, { entityId: 'bob', entityName: 'Bob' });
  onTestFinished(() => client.close());
  const { draw } = await runCodeBlock(page);
  const drawn = (channel: Channel): { line: string; stop?: () => Promise<boolean> }[] =>
    (draw as (channel: Channel) => never[])(channel);
  const channel = await client.join(CHANNEL);
  const lines = () => drawn(channel).map(({ line }) => line);

  await channel.send('Graz');
  await expect.poll(lines).toEqual(['Bob: Graz', 'Ada: Let me see. It is 21 degrees in Graz.']);
  expect(channel.view.get().messages[1]).toMatchObject({
    thought: 'They want to know the weather.',
    actions: [{ tool: { id: 'call-1', name: 'weather', input: { city: 'Graz' }, output: { degrees: 21 } } }],
  });

  await channel.send('Atlantis');
  await expect.poll(() => lines().at(-1)).toBe('Ada: Let me see. …');
  expect(await drawn(channel).at(-1)?.stop?.()).toBe(true);
  await expect.poll(() => lines().at(-1)).toBe('Ada: Let me see.  (cancelled)');
});
