import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { MessageText } from './message-text';
import { renderMarkdown } from './render-markdown';

const LINK = 'target="_blank" rel="noopener noreferrer nofollow"';

/** The HTML of what is shown of a text. */
const show = (text: string, isGrowing = false) =>
  renderToStaticMarkup(createElement(MessageText, { text, isGrowing })).replaceAll('\n', '');

const inside = (text: string) => /^<div class="message__text">(.*)<\/div>$/s.exec(show(text))?.[1];

describe('what is said', () => {
  test.each([
    ['plain & simple', '<p>plain &amp; simple</p>'],
    ['first\nsecond', '<p>first<br/>second</p>'],
    ['**bold** and `code`', '<p><strong>bold</strong> and <code>code</code></p>'],
    ['# Heading', '<p class="message__heading">Heading</p>'],
    ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['```js\n1 < 2\n```', '<pre><code class="language-js">1 &lt; 2</code></pre>'],
    ['- [x] done', '<ul class="contains-task-list"><li class="task-list-item">☑ done</li></ul>'],
    ['[a](https://example.org)', `<p><a href="https://example.org" ${LINK}>a</a></p>`],
    ['https://example.org/x', `<p><a href="https://example.org/x" ${LINK}>https://example.org/x</a></p>`],
    [
      '<mailto:ada@example.org>',
      `<p><a href="mailto:ada@example.org" ${LINK}>mailto:ada@example.org</a></p>`,
    ],
  ])('is read as Markdown: %j', (text, html) => {
    expect(inside(text)).toBe(html);
  });
});

describe('a hostile text does nothing', () => {
  test.each([
    ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
    ['a <b onclick="x">b</b>', '<p>a &lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>'],
    ['[a](javascript:alert(1))', '<p>a</p>'],
    ['[a](JaVaScRiPt:alert(1))', '<p>a</p>'],
    ['[a](&#106;avascript:alert(1))', '<p>a</p>'],
    ['[a](data:text/html,x)', '<p>a</p>'],
    ['[a](/api/channels)', '<p>a</p>'],
    ['[a](//example.org)', '<p>a</p>'],
    ['<javascript:alert(1)>', '<p>javascript:alert(1)</p>'],
    ['![a](https://example.org/a.png)', `<p><a href="https://example.org/a.png" ${LINK}>a</a></p>`],
    ['![a](javascript:alert(1))', '<p>a</p>'],
    ['a[^1]\n\n[^1]: note', '<p>a^1</p>'],
  ])('%j', (text, html) => {
    expect(inside(text)).toBe(html);
  });

  test.each([
    ['is too long', 'x'.repeat(8_001)],
    ['is nested too deep', '>'.repeat(8_000)],
    ['is a list too deep', '1. '.repeat(2_000)],
    ['has it in its last line', `fine\n\n${'> - '.repeat(10)}x`],
  ])('what %s is shown as it is', (_what, text) => {
    expect(renderMarkdown(text)).toBeUndefined();
    const shown = text.replaceAll('>', '&gt;').replaceAll('\n', '');
    expect(show(text)).toBe(`<div class="message__text message__text--plain"><p>${shown}</p></div>`);
  });

  test('a line that only looks nested is Markdown', () => {
    expect(renderMarkdown('-'.repeat(60))).toBeDefined();
    expect(renderMarkdown('> > - 1. deep enough')).toBeDefined();
  });
});

describe('a text that grows', () => {
  test('keeps what it began with, whatever comes behind it', () => {
    const text = 'Here is:\n- one\n- two\n\n```js\nlet a = 1;\n```\n\nDone';
    const firstOf = (length: number) => /<p>.*?<\/p>/.exec(show(text.slice(0, length), true))?.[0];
    for (let length = 8; length <= text.length; length += 1)
      expect(firstOf(length), text.slice(0, length)).toMatch(/^<p>Here is:(<br\/>-)?<\/p>$/);
    expect(show('so far', true)).toBe(
      '<div class="message__text message__text--growing"><p>so far</p></div>',
    );
  });

  test('is code as soon as its fence is there', () => {
    expect(show('```js\nlet a', true)).toContain('<pre><code class="language-js">let a</code></pre>');
  });
});
