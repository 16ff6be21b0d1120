// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { mount } from '../../test/mount';
import { ChannelGone } from './channel-gone';
import { ChannelHeader } from './channel-header';

function show() {
  const actions = { copyLink: vi.fn(), update: vi.fn(), clear: vi.fn(), remove: vi.fn() };
  const present = { count: 2, names: ['Ada', 'Grace'] };
  return {
    actions,
    page: mount(<ChannelHeader name="Plans" topic="For Friday" {...{ present, actions }} />),
  };
}

test('a channel is renamed with what was typed, without the blanks around it', () => {
  const { page, actions } = show();
  page.click('Rename channel');
  page.fill('input[name=name]', '  Deeds ');
  page.fill('input[name=topic]', '');
  page.submit();
  expect(actions.update.mock.calls).toEqual([[{ name: 'Deeds', topic: '' }]]);
  expect(page.all('dialog')).toEqual([]);
});

test('a name of blanks is none, and Cancel changes nothing', () => {
  const { page, actions } = show();
  page.click('Rename channel');
  page.fill('input[name=name]', '   ');
  page.submit();
  expect(page.all('dialog')).toHaveLength(1);
  page.click('Cancel');
  expect(page.all('dialog')).toEqual([]);
  expect(actions.update).not.toHaveBeenCalled();
});

test('what cannot be undone is asked about first', () => {
  const { page, actions } = show();
  for (const [label, action] of [
    ['Clear messages', actions.clear],
    ['Delete channel', actions.remove],
  ] as const) {
    page.click(label);
    page.click('Cancel');
    expect(action).not.toHaveBeenCalled();
    page.click(label);
    page.one('dialog .button--danger').click();
    expect(action).toHaveBeenCalledOnce();
  }
});

test('who is there is counted, and named where one points', () => {
  const { page } = show();
  expect(page.one('.channel-header__present').textContent).toBe('2 here');
  expect(page.one('.channel-header__present').title).toBe('Ada, Grace');
  page.show(<ChannelHeader name="Plans" topic="" actions={undefined} />);
  expect(page.all('.channel-header__present, button, p')).toEqual([]);
});

test.each([
  [0, undefined],
  [1, 'One message of yours was not sent. Begin anew to see what to do with it.'],
  [2, '2 messages of yours were not sent. Begin anew to see what to do with them.'],
])('with %i messages that were not sent a deleted channel says so', (unsentCount, expected) => {
  const page = mount(
    <ChannelGone name="Plans" elsewhere={undefined} onRestart={() => {}} {...{ unsentCount }} />,
  );
  const said = page.all('p').map(({ textContent }) => textContent);
  expect(said.slice(1)).toEqual(expected ? [expected] : []);
  expect(page.all('a')).toEqual([]);
});
