import { describe, expect, it } from 'vitest';
import { forEditor, forMail, textToHtml } from './convert';

describe('plain text as lines', () => {
  it('keeps empty lines, and what looks like a tag stays text', () => {
    expect(textToHtml('Guten Tag,\n\n3 < 4 & <b>')).toBe('<div>Guten Tag,</div><div></div><div>3 &lt; 4 &amp; &lt;b&gt;</div>');
  });
  it('gives empty lines a height on their way out, and takes it away again', () => {
    const lines = textToHtml('a\n\n\nb');
    expect(forMail(lines)).toBe('<div>a</div><div><br></div><div><br></div><div>b</div>');
    expect(forEditor(forMail(lines))).toBe(lines);
    expect(forMail('<ul><li><div>eins</div></li><li><div>zwei</div><ul><li><div>drei</div></li></ul></li></ul>')).toBe('<ul><li>eins</li><li>zwei<ul><li>drei</li></ul></li></ul>');
    expect(forEditor('<div><br/></div>')).toBe('<div></div>');
  });
});
