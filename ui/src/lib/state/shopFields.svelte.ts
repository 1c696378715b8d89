/** The fields and tags that the shop added to the card, for the settings and for what is offered on a card. */
import type { ShopFieldInput } from '../api/bindings/ShopFieldInput';
import type { ShopFields } from '../api/bindings/ShopFields';
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

export type FieldsChange = 'field_added' | 'field_changed' | 'field_removed' | 'field_order' | 'tag_renamed' | 'tag_removed';

export class ShopFieldsState {
  readonly all = new Resource<ShopFields>();
  problem = $state.raw<Problem | undefined>(undefined);

  constructor(
    private readonly api: Client,
    private readonly done: (undo: number, what: FieldsChange) => void = () => undefined,
  ) {}

  async refresh(): Promise<void> {
    await this.all.load(() => this.api.shopFields());
  }

  save(input: ShopFieldInput): Promise<boolean> {
    return this.#change(input.id === null ? 'field_added' : 'field_changed', () => this.api.fieldSave(input));
  }

  /** One place up or down. */
  move(id: number, by: 1 | -1): Promise<boolean> {
    const ids = (this.all.value?.fields ?? []).map((field) => field.id);
    const at = ids.indexOf(id);
    const other = ids[at + by];
    if (at < 0 || other === undefined) return Promise.resolve(false);
    [ids[at], ids[at + by]] = [other, id];
    return this.#change('field_order', () => this.api.fieldsOrder(ids));
  }

  remove(id: number): Promise<boolean> {
    return this.#change('field_removed', () => this.api.fieldRemove(id));
  }

  renameTag(id: number, name: string): Promise<boolean> {
    return this.#change('tag_renamed', () => this.api.tagRename(id, name));
  }

  removeTag(id: number): Promise<boolean> {
    return this.#change('tag_removed', () => this.api.tagRemove(id));
  }

  async #change(what: FieldsChange, act: () => Promise<ShopFields>): Promise<boolean> {
    try {
      const all = await act();
      this.all.set(all);
      this.problem = undefined;
      if (all.undo_id !== null) this.done(all.undo_id, what);
      return true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return false;
    }
  }
}
