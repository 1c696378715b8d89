/**
 * The formatted text of a mail: bold, italic, underlined, lists, links, quotes. Loaded only when it is wanted, as it is larger than the
 * rest of the composer. What typing makes of `1.` or `**` is left out on purpose: "1. Dezember" is a date. The engine cleans what goes out and
 * makes the plain text of the mail; here the plain text serves the draft, the limits and the other channels.
 */
import { Editor, Extension } from '@tiptap/core';
import { Blockquote } from '@tiptap/extension-blockquote';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Italic } from '@tiptap/extension-italic';
import { Link } from '@tiptap/extension-link';
import { BulletList, ListItem, OrderedList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { Underline } from '@tiptap/extension-underline';
import { UndoRedo } from '@tiptap/extensions';
import { Fragment, Slice, type Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import DOMPurify from 'dompurify';
import { forEditor, forMail } from './convert';

export type { Editor } from '@tiptap/core';

export interface RichOptions {
  element: HTMLElement;
  html: string;
  attributes: Record<string, string>;
  /** `html` is null while nothing is formatted: then it is a plain mail. */
  onchange: (text: string, html: string | null) => void;
  /** After everything that may change what the bar shows. */
  ontouch: () => void;
  /** Answers whether the key was used. */
  onkey: (event: KeyboardEvent) => boolean;
  onblur: () => void;
}

/** Placeholders that nobody filled in. */
const GAP = /\{\{[^{}\n]*\}\}/g;
/** Where links may lead; a word without a scheme becomes https. */
const LEADS = /^(https?:|mailto:|tel:|[^:]*$)/i;

// A line is a `div`, so that no program puts a gap between lines.
const Line = Paragraph.extend({ parseHTML: () => [{ tag: 'p' }, { tag: 'div' }], renderHTML: () => ['div', 0] });
// Ctrl+Enter sends.
const Break = HardBreak.extend({ addKeyboardShortcuts() { return { 'Shift-Enter': () => this.editor.commands.setHardBreak() }; } });
// Tab leaves the text, as everywhere else in the window.
const Item = ListItem.extend({ addKeyboardShortcuts() { return { Enter: () => this.editor.commands.splitListItem(this.name) }; } });
const Gaps = Extension.create({
  name: 'gaps',
  addProseMirrorPlugins: () => [new Plugin({ props: { decorations: ({ doc }) => DecorationSet.create(doc, gapsOf(doc).map(({ from, to }) => Decoration.inline(from, to, { nodeName: 'mark' }))) } })],
});

export function richEditor(options: RichOptions): Editor {
  const { element, html, attributes, onchange, ontouch, onkey, onblur } = options;
  return new Editor({
    element,
    content: forEditor(html),
    injectCSS: false,
    enableInputRules: false,
    enablePasteRules: false,
    extensions: [
      Document, Line, Text, Break, Bold, Italic, Underline, BulletList, OrderedList, Item, Blockquote, UndoRedo, Gaps,
      Link.configure({ openOnClick: false, defaultProtocol: 'https', HTMLAttributes: { target: null, rel: null }, isAllowedUri: (url, { defaultValidate }) => defaultValidate(url) && LEADS.test(url) }),
    ],
    editorProps: {
      attributes: { ...attributes, role: 'textbox', 'aria-multiline': 'true' },
      handleKeyDown: (_view, event) => onkey(event),
      // Files are the form's.
      handlePaste: (_view, event) => fileOnly(event.clipboardData),
      handleDrop: (_view, event) => (event.dataTransfer?.files.length ?? 0) > 0,
      // The document takes only what it knows; this is the second net.
      transformPastedHTML: (pasted) => DOMPurify.sanitize(withoutHandlers(pasted), { ALLOWED_TAGS: KNOWN, ALLOWED_ATTR: ['href'] }),
    },
    onUpdate: ({ editor }) => onchange(plainText(editor.state.doc), isFormatted(editor.state.doc) ? forMail(editor.getHTML()) : null),
    onTransaction: ontouch,
    onBlur: onblur,
  });
}

const KNOWN = ['a', 'b', 'strong', 'i', 'em', 'u', 'ul', 'ol', 'li', 'blockquote', 'p', 'div', 'br', 'span', 'h1', 'h2', 'h3', 'h4', 'table', 'tbody', 'tr', 'td', 'th', 'pre'];

/** No handler runs where pasted text is read; the page's policy would only report each. */
function withoutHandlers(html: string): string {
  return html.replace(/<[^>]*>/g, (tag) => tag.replace(/\son\w+\s*=/gi, ' title='));
}

/** Files without text: a word processor puts a picture of the text beside the text. */
export function fileOnly(carried: DataTransfer | null): boolean {
  return carried !== null && carried.files.length > 0 && !carried.types.includes('text/plain');
}

/** The text before the cursor within its line, and where the cursor stands. */
export function beforeCursor({ state }: Editor): { text: string; at: number } {
  const { $from } = state.selection;
  return { text: $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc'), at: $from.pos };
}

/** Puts plain text in the place of what stands there; the cursor goes behind it. */
export function replaceText(editor: Editor, from: number, to: number, text: string): void {
  const { schema, tr } = editor.state;
  const lines = text.split('\n').map((line) => schema.node('paragraph', null, line === '' ? [] : [schema.text(line)]));
  tr.replace(from, to, new Slice(Fragment.from(lines), 1, 1));
  const end = tr.mapping.map(to);
  editor.view.dispatch(tr);
  editor.commands.focus(end);
}

/** Selects the first such placeholder. */
export function selectGap(editor: Editor, gap: string): boolean {
  const found = gapsOf(editor.state.doc).find(({ text }) => text === gap);
  return found !== undefined && editor.chain().focus().setTextSelection({ from: found.from, to: found.to }).run();
}

function gapsOf(doc: Node): { from: number; to: number; text: string }[] {
  const found: { from: number; to: number; text: string }[] = [];
  doc.descendants((node, at) => {
    if (!node.isTextblock) return;
    for (const { 0: text, index } of node.textBetween(0, node.content.size, undefined, '\ufffc').matchAll(GAP)) {
      found.push({ from: at + 1 + index, to: at + 1 + index + text.length, text });
    }
  });
  return found;
}

function isFormatted(doc: Node): boolean {
  let formatted = false;
  doc.descendants((node) => {
    formatted ||= node.marks.length > 0 || !['paragraph', 'text', 'hardBreak'].includes(node.type.name);
  });
  return formatted;
}

/** As it reads without formatting. */
export function plainText(doc: Node): string {
  return blockLines(doc).join('\n');
}

function blockLines(node: Node): string[] {
  if (node.isTextblock) return inlineText(node).split('\n');
  const parts: string[][] = [];
  node.forEach((child, _at, index) => {
    const lines = blockLines(child);
    const lead = node.type.name === 'bulletList' ? '- ' : node.type.name === 'orderedList' ? `${Number(node.attrs['start'] ?? 1) + index}. ` : null;
    if (lead !== null) parts.push(lines.map((line, place) => (place === 0 ? lead : ' '.repeat(lead.length)) + line));
    else parts.push(node.type.name === 'blockquote' ? lines.map((line) => `> ${line}`) : lines);
  });
  return parts.flat();
}

function inlineText(node: Node): string {
  let text = '';
  node.forEach((child) => {
    const words = child.text ?? (child.type.name === 'hardBreak' ? '\n' : '');
    const href = String(child.marks.find((mark) => mark.type.name === 'link')?.attrs['href'] ?? '');
    const says = href === '' || href.replace(/^(https?:\/\/|mailto:|tel:)/, '').replace(/\/$/, '') === words.replace(/^https?:\/\//, '').replace(/\/$/, '');
    text += says ? words : `${words} (${href})`;
  });
  return text;
}
