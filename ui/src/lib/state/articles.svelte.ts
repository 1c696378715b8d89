/** What the shop knows: the list, the article being written, and which of them may go into a text. */
import type { ArticleTextView } from '../api/bindings/ArticleTextView';
import type { ArticleView } from '../api/bindings/ArticleView';
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';
import { folded } from '../format/marks';
import { Resource } from './resource.svelte';

/** An article being written; `id` is null for a new one. Days are `YYYY-MM-DD`, empty for none. */
export interface ArticleDraft {
  id: number | null;
  name: string;
  checked_on: string;
  expires_on: string;
  texts: ArticleTextView[];
}

export class ArticlesState {
  readonly list = new Resource<ArticleView[]>();
  /** They are on screen in the place of the standard replies. */
  shown = $state(false);
  query = $state('');
  draft = $state<ArticleDraft | null>(null);
  saving = $state(false);
  problem = $state.raw<Problem | undefined>(undefined);
  readonly found = $derived(matching(this.list.value ?? [], this.query));

  constructor(private readonly api: Client) {}

  async refresh(): Promise<void> {
    await this.list.load(() => this.api.articles());
  }

  begin(language: string): void {
    this.problem = undefined;
    this.draft = { id: null, name: '', checked_on: '', expires_on: '', texts: [{ language, text: '' }] };
  }

  edit(article: ArticleView): void {
    this.problem = undefined;
    this.draft = draftOf(article);
  }

  /** Answers whether it was saved. */
  async save(): Promise<ArticleView | undefined> {
    const draft = this.draft;
    if (!draft) return undefined;
    const { id, name, checked_on, expires_on, texts } = draft;
    const written = texts.filter((text) => text.text.trim() !== '');
    this.saving = true;
    const saved = await this.#try(() => this.api.articleSave({ id, name: name.trim(), checked_on: checked_on || null, expires_on: expires_on || null, texts: written.map((text) => ({ ...text })) }));
    this.saving = false;
    if (!saved) return undefined;
    this.draft = null;
    await this.refresh();
    return saved;
  }

  /** It is true today; what is being written beside that stays. */
  async checked(id: number): Promise<ArticleView | undefined> {
    const article = await this.#try(() => this.api.articleChecked(id));
    if (article && this.draft?.id === id) this.draft.checked_on = article.checked_on ?? '';
    await this.refresh();
    return article;
  }

  /** Answers the number by which it comes back. */
  async remove(id: number): Promise<number | undefined> {
    const undo = await this.#try(() => this.api.articleRemove(id));
    if (undo !== undefined) this.draft = null;
    await this.refresh();
    return undo;
  }

  async #try<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      const value = await act();
      this.problem = undefined;
      return value;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return undefined;
    }
  }
}

function draftOf(article: ArticleView): ArticleDraft {
  return { id: article.id, name: article.name, checked_on: article.checked_on ?? '', expires_on: article.expires_on ?? '', texts: article.texts.map((text) => ({ ...text })) };
}

/** Those in whose name or text every word stands. */
export function matching(articles: readonly ArticleView[], query: string): ArticleView[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  return articles.filter((article) => {
    const all = folded([article.name, ...article.texts.map((text) => text.text)].join(' '));
    return words.every((word) => all.includes(word));
  });
}

/** Those that may go into a text: one that has expired does not. */
export function usable(articles: readonly ArticleView[]): ArticleView[] {
  return articles.filter((article) => !article.expired && article.texts.length > 0);
}

/** The text in the first of these languages in which there is one, else the first. */
export function textIn(article: ArticleView, languages: readonly (string | null | undefined)[]): string {
  const found = languages.flatMap((wanted) => article.texts.filter((text) => text.language === wanted))[0];
  return (found ?? article.texts[0])?.text ?? '';
}
