import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { AttachmentList } from '../components/attachment-list';
import { readAttachments } from './attachments';

const PICTURE = 'data:image/png;base64,iVBORw0KGgo=';

const show = (...attachments: unknown[]) =>
  renderToStaticMarkup(createElement(AttachmentList, { attachments })).replace(/<svg.*?<\/svg>/g, '');

test('a file is a link with its name, or that in its address', () => {
  expect(show({ url: 'https://example.org/plan.pdf', title: 'The plan', description: 'Two pages' })).toBe(
    '<ul class="attachments" aria-label="Attachments"><li>' +
      '<a href="https://example.org/plan.pdf" target="_blank" rel="noopener noreferrer nofollow"> The plan</a>' +
      '<span class="attachments__description">Two pages</span></li></ul>',
  );
  expect(show({ url: 'https://example.org/plan.pdf?x=1' })).toContain(' plan.pdf</a>');
  expect(show({ url: 'https://example.org/x', name: 'a.zip', type: 'application/zip' })).toMatch(
    / a\.zip<\/a>.*>application\/zip</,
  );
  expect(show({ url: 'https://example.org' })).toContain(' example.org</a>');
});

test('a picture that came whole is shown, one from elsewhere is a link', () => {
  expect(show({ url: PICTURE, title: 'A cat' })).toContain(`<img src="${PICTURE}" alt="A cat"/>`);
  expect(show({ url: 'https://example.org/cat.png' })).not.toContain('<img');
});

test.each([
  ['a script', { url: 'javascript:alert(1)', title: 'x' }, '<b>x</b>'],
  ['a page', { url: 'data:text/html,<script>', title: 'x' }, '<b>x</b>'],
  ['a picture with scripts', { url: 'data:image/svg+xml;base64,AAAA', title: 'x' }, '<b>x</b>'],
  ['a name that is HTML', { title: '<img src=x onerror=alert(1)>' }, '&lt;img src=x onerror=alert(1)&gt;'],
])('%s is only named', (_what, attachment, html) => {
  const shown = show(attachment);
  expect(shown).toContain(html);
  expect(shown).not.toMatch(/<a |<img/);
});

test('what makes no sense is left out, and more than twenty are', () => {
  const senseless = [null, 1, 'text', {}, { url: 'https://' }, { url: 'javascript:x' }, { title: 7 }];
  expect(readAttachments(senseless)).toEqual([]);
  expect(show(...senseless)).toBe('');
  expect(readAttachments(undefined)).toEqual([]);
  expect(readAttachments(Array.from({ length: 30 }, () => ({ title: 'a' })))).toHaveLength(20);
});
