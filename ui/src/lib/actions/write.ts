/** What is done with standard replies and accounts, besides writing. */
import { language, m } from '../i18n';
import type { AppState } from '../state/app.svelte';
import type { Action } from './action';

export function libraryActions(app: AppState): Action[] {
  return [
    { id: 'reply_new', group: 'write', name: m.reply_new, key: '', run: () => newReply(app) },
    { id: 'article_new', group: 'write', name: m.article_new, key: '', run: () => newArticle(app) },
    { id: 'replies_export', group: 'write', name: m.act_replies_export, key: '', run: () => void exportReplies(app) },
    { id: 'replies_import', group: 'write', name: m.act_replies_import, key: '', run: () => void importReplies(app) },
    { id: 'account_add', group: 'go', name: m.account_add, key: '', run: () => addAccount(app) },
    { id: 'fetch_now', group: 'go', name: m.act_fetch_now, key: '', possible: () => fetching(app).length > 0, run: () => void fetchNow(app) },
  ];
}

function newReply(app: AppState): void {
  app.articles.shown = false;
  app.show('replies');
  app.replies.begin(language.current);
}

function newArticle(app: AppState): void {
  app.articles.shown = true;
  app.show('replies');
  app.articles.begin(language.current);
}

/** The whole library into a file. */
export async function exportReplies(app: AppState): Promise<void> {
  await app.acts.run(async () => {
    const file = await app.api.pickSave(`theke-${m.nav_replies().toLocaleLowerCase().replace(/\s+/g, '-')}.json`);
    if (file !== null) app.toasts.add(m.replies_exported({ count: await app.api.standardRepliesExport(file) }));
  });
}

/** And back. */
export async function importReplies(app: AppState): Promise<void> {
  await app.acts.run(async () => {
    const file = await app.api.pickOpen();
    if (file === null) return;
    const { added, changed, same, undo_id } = await app.api.standardRepliesImport(file);
    const done = m.replies_imported({ added, changed, same });
    if (undo_id === null) app.toasts.add(done);
    else
      app.history.done(done, async () => {
        await app.acts.undo(undo_id);
        await app.replies.refresh();
      });
    await app.replies.refresh();
  });
}

function addAccount(app: AppState): void {
  app.showSettings('accounts');
  app.accounts.choose();
}

const fetching = (app: AppState) => (app.accounts.list.value ?? []).filter((account) => account.enabled);

async function fetchNow(app: AppState): Promise<void> {
  await app.acts.run(() => Promise.all(fetching(app).map((account) => app.api.accountTryNow(account.id))));
}
