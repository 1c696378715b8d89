/** The list of conversations: many at once, filters, snooze, star, spam, join and split, undo, a hundred thousand rows. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, row, rows } from './hand.mjs';
import { quiet, start, still } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const gone = (page, name) => page.waitForFunction((text) => !document.querySelector('[role=listbox]')?.textContent.includes(text), name);

test('several rows are ticked by mouse, done together and brought back by Ctrl+Z', async () => {
  const page = await browser.open();
  const before = await rows(page).first().waitFor().then(() => rows(page).count());
  await row(page, 'Anna Petersen').click({ modifiers: ['Control'] });
  await row(page, 'Mira Solbakken').click({ modifiers: ['Shift'] });
  const bar = page.getByTestId('bulk-bar');
  await bar.getByText('3 ausgewählt').waitFor();
  await becomes(() => page.getByRole('option', { selected: true }).count(), 3);
  await becomes(() => page.getByRole('listbox').getAttribute('aria-multiselectable'), 'true');
  await bar.getByRole('button', { name: 'Erledigt' }).click();
  await page.getByText('3 Vorgänge: Erledigt').waitFor();
  await gone(page, 'Mira Solbakken');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('Control+z');
  await row(page, 'Mira Solbakken').waitFor();
  await becomes(() => rows(page).count(), before);
  await page.getByText('3 Vorgänge: Erledigt').waitFor({ state: 'detached' });
  await quiet(page);
  await page.close();
});

test('rows are ticked by keyboard: X, Shift with the arrows, all', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await page.getByText('1 ausgewählt').waitFor();
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByText('2 ausgewählt').waitFor();
  await page.keyboard.press('Control+a');
  await page.getByText(`${await rows(page).count()} ausgewählt`).waitFor();
  await page.getByRole('button', { name: 'Auswahl aufheben' }).click();
  await page.getByTestId('bulk-bar').waitFor({ state: 'detached' });
  await quiet(page);
  await page.close();
});

test('all says how many it ticked, and goes as far as the engine does at once', async () => {
  let page = await browser.open({ people: '400' });
  await rows(page).first().waitFor();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('Control+a');
  await page.getByText('60 ausgewählt').waitFor();
  await page.getByRole('button', { name: 'Alle 400 dieser Liste auswählen' }).click();
  await page.getByText('400 ausgewählt').waitFor();
  await page.getByTestId('bulk-bar').getByRole('button', { name: 'Erledigt' }).click();
  await page.getByText('Alles beantwortet').waitFor();
  await page.close();
  page = await browser.open({ people: '1500' });
  await rows(page).first().waitFor();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('Control+a');
  await page.getByText('Auf einmal gehen höchstens 1.000 Vorgänge.').waitFor();
  await page.getByRole('button', { name: 'Die ersten 1.000 auswählen' }).click();
  await page.getByText('1.000 ausgewählt').waitFor();
  await page.getByRole('button', { name: 'Die ersten 1.000 auswählen' }).waitFor({ state: 'detached' });
  await page.getByTestId('bulk-bar').getByRole('button', { name: 'Erledigt' }).click();
  await page.getByText('1.000 Vorgänge: Erledigt').waitFor();
  await page.close();
});

test('the row under the pointer offers done and snooze', async () => {
  const page = await browser.open();
  // They lie over no word of the lines below, of a mail and of a chat.
  for (const name of ['Jonas Weidmann', 'Familie', 'Mira Solbakken']) {
    await row(page, name).hover();
    await row(page, name).locator('[data-act=done]').waitFor();
    const over = () => row(page, name).evaluate((one) => {
      const acts = one.querySelector('.acts').getBoundingClientRect();
      const words = [...one.querySelectorAll('.name, .first ~ .line :is(.subject, .snippet, .two)')].map((word) => word.getBoundingClientRect());
      return [words.length > 0, words.filter((word) => word.right > acts.left && word.top < acts.bottom).length];
    });
    await becomes(over, [true, 0], name);
  }
  await row(page, 'Mira Solbakken').locator('[data-act=done]').click();
  await gone(page, 'Mira Solbakken');
  // The row that the keys are on shows them too.
  const shown = () => row(page, 'Jonas Weidmann').locator('[data-act=done]').isVisible();
  await becomes(() => shown(), false);
  await page.keyboard.press('F6');
  for (let press = 0; press < 6 && (await page.evaluate(() => document.activeElement?.getAttribute('role') !== 'listbox')); press += 1) await page.keyboard.press('F6');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await becomes(() => shown(), true);
  await row(page, 'Tobias').hover();
  await row(page, 'Tobias').locator('[data-act=snooze]').click();
  await page.getByRole('menuitem', { name: /Morgen früh/ }).click();
  await gone(page, 'Tobias');
  await page.getByRole('button', { name: 'Zurückgestellt', exact: true }).click();
  await row(page, 'Tobias').waitFor();
  await quiet(page);
  await page.close();
});

test('S asks until when, and a time of one’s own can be typed', async () => {
  const page = await browser.open();
  await row(page, 'Anna Petersen').click();
  await page.getByTestId('message').first().waitFor();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: /Zeitpunkt wählen/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Zurückstellen bis' });
  await dialog.getByLabel('Tag').fill('24.12.2035');
  await dialog.getByRole('textbox', { name: 'Uhrzeit' }).fill('9');
  await dialog.getByRole('button', { name: 'Übernehmen' }).click();
  await gone(page, 'Anna Petersen');
  await page.getByRole('button', { name: 'Zurückgestellt', exact: true }).click();
  await row(page, 'Anna Petersen').getByText(/24\. Dez/).waitFor();
  await quiet(page);
  await page.close();
});

test('filters: unread, starred, channel, account, spam', async () => {
  const page = await browser.open();
  const choose = async (name) => {
    await page.getByTestId('filter-menu').click();
    await page.getByRole('menuitemcheckbox', { name }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  };
  await rows(page).first().waitFor();
  await choose('Ungelesen');
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=conversation-row]').length === 2);
  await choose('Markiert');
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=conversation-row]').length === 1);
  await page.getByRole('button', { name: 'Filter „Ungelesen“ entfernen' }).click();
  await page.getByRole('button', { name: 'Filter „Markiert“ entfernen' }).click();
  await choose('Telegram');
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=conversation-row]').length === 2);
  await page.getByRole('button', { name: 'Filter „Telegram“ entfernen' }).click();
  await choose('Ladenhandy');
  await row(page, 'Jonas Weidmann').waitFor({ state: 'detached' });
  await row(page, 'Tobias Grünewald').waitFor();
  await page.getByRole('button', { name: 'Filter „Ladenhandy“ entfernen' }).click();
  await row(page, 'Jonas Weidmann').waitFor();
  await choose('Spam');
  await row(page, 'Gewinn-Zentrale').click();
  await page.getByTestId('conversation-menu').click();
  await page.getByRole('menuitem', { name: 'Kein Spam' }).click();
  await page.getByText('Kein Spam, wieder im Posteingang').waitFor();
  await page.getByRole('button', { name: 'Offen', exact: true }).click();
  await row(page, 'Gewinn-Zentrale').waitFor();
  await quiet(page);
  await page.close();
});

test('a sender is blocked and unblocked in the settings', async () => {
  const page = await browser.open();
  await row(page, 'Jonas Weidmann').click();
  await page.getByTestId('message').first().waitFor();
  await page.getByTestId('conversation-menu').click();
  await page.getByRole('menuitem', { name: /blockieren/ }).click();
  await gone(page, 'Jonas Weidmann');
  await page.keyboard.press('Control+5');
  await page.locator('[data-page=privacy]').click();
  await page.getByText('j.weidmann@weidmann-bau.example').first().waitFor();
  await page.getByRole('button', { name: 'Nicht mehr blockieren' }).click();
  await page.getByText('Niemand ist blockiert').waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).last().click();
  await page.getByRole('button', { name: 'Nicht mehr blockieren' }).waitFor();
  await quiet(page);
  await page.close();
});

test('pictures of a sender are always loaded, no longer, and again with a way back', async () => {
  const page = await browser.open();
  await row(page, 'Jonas Weidmann').click();
  await page.getByRole('button', { name: 'Von diesem Absender immer' }).click();
  await page.keyboard.press('Control+5');
  await page.locator('[data-page=privacy]').click();
  const forget = page.getByRole('button', { name: 'Bilder von j.weidmann@weidmann-bau.example nicht mehr laden' });
  await forget.click();
  await forget.waitFor({ state: 'detached' });
  await page.getByRole('status').filter({ hasText: 'werden nicht mehr geladen' }).getByRole('button', { name: 'Rückgängig' }).last().click();
  await forget.waitFor();
  await quiet(page);
  await page.close();
});

test('conversations are joined and a message gets one of its own, both with a way back', async () => {
  const page = await browser.open();
  await row(page, 'Anna Petersen').click();
  const messages = page.getByTestId('message');
  await messages.nth(3).waitFor();
  await page.getByTestId('conversation-menu').click();
  await page.getByRole('menuitem', { name: /zusammenführen/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /Termin für die Inspektion/ }).click();
  await messages.nth(5).waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=message]').length === 4);
  await messages.first().getByRole('button', { name: 'Mehr zu dieser Nachricht' }).click();
  await page.getByRole('menuitem', { name: 'In einen eigenen Vorgang legen' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=message]').length === 1);
  await page.getByRole('button', { name: 'Rückgängig' }).last().click();
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=message]').length === 4);
  await quiet(page);
  await page.close();
});

test('only conversations of the same customer are offered, as the engine joins no others', async () => {
  const page = await browser.open();
  await row(page, 'Anna Petersen').click();
  await page.getByTestId('message').first().waitFor();
  await page.getByTestId('conversation-menu').click();
  await page.getByRole('menuitem', { name: /zusammenführen/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /Termin für die Inspektion/ }).waitFor();
  // Its newest message is an answer; it is named as in the list, here and on the card.
  assert.equal(await dialog.getByText('Re: Termin für die Inspektion').count(), 0);
  assert.deepEqual(await page.locator('aside .summary').allInnerTexts(), ['Termin für die Inspektion']);
  const word = dialog.getByRole('textbox', { name: 'Betreff oder Wort suchen' });
  await word.fill('inspektion');
  await dialog.getByRole('button', { name: /Termin für die Inspektion/ }).waitFor();
  // This stands in a conversation of somebody else.
  await word.fill('rechnung');
  await dialog.getByText('In keinem anderen Vorgang dieses Kunden steht „rechnung“.').waitFor();
  await quiet(page);
  await page.close();
});

test('a note stands between the messages, is changed, and an emptied one is gone, both with a way back', async () => {
  const page = await browser.open();
  await row(page, 'Jonas Weidmann').click();
  await page.getByTestId('message').first().waitFor();
  await page.getByRole('log').focus();
  await page.keyboard.press('n');
  await page.getByTestId('composer-note').fill('Rechnung liegt im blauen Ordner');
  await page.keyboard.press('Control+Enter');
  const note = page.getByTestId('note');
  await note.getByText('Rechnung liegt im blauen Ordner').waitFor();
  await note.hover();
  await note.getByRole('button', { name: 'Notiz bearbeiten' }).click();
  await note.getByRole('textbox').fill('Rechnung liegt im roten Ordner');
  await note.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Notiz geändert').waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await note.getByText('Rechnung liegt im blauen Ordner').waitFor();
  await note.hover();
  await note.getByRole('button', { name: 'Notiz bearbeiten' }).click();
  await note.getByRole('textbox').fill('');
  await note.getByRole('button', { name: 'Speichern' }).click();
  await note.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await note.getByText('Rechnung liegt im blauen Ordner').waitFor();
  await quiet(page);
  await page.close();
});

test('a hundred thousand rows: two hundred pages down, and the focus is never lost', { timeout: 120_000 }, async () => {
  const page = await browser.open({ people: '100000' });
  await rows(page).first().waitFor({ timeout: 60_000 });
  const list = page.getByRole('listbox', { name: 'Vorgänge' });
  await list.focus();
  await becomes(() => page.getByRole('option').first().getAttribute('aria-setsize'), '100000');
  let before = 0;
  for (let press = 0; press < 200; press += 1) {
    await page.keyboard.press('PageDown');
    const at = await list.evaluate((element) => Number(document.getElementById(element.getAttribute('aria-activedescendant'))?.getAttribute('aria-posinset')));
    assert.ok(at >= before, `position ${at} after ${before}`);
    before = at;
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'listbox');
  }
  assert.ok(before > 500, `position ${before}`);
  assert.ok((await page.getByRole('option').count()) < 40);
  const text = await list.evaluate((element) => document.getElementById(element.getAttribute('aria-activedescendant')).textContent);
  assert.match(text, new RegExp(`Anfrage ${before - 1}\\b`));
  await page.close();
});

const message = (page, number) => page.getByTestId('message').filter({ hasText: new RegExp(`Nachricht ${number}\\n|Nachricht ${number}$`) });
const top = (locator) => locator.evaluate((element) => Math.round(element.getBoundingClientRect().top));

test('older messages come in at the top, and what is read stays where it is', async () => {
  const page = await browser.open({ scenario: 'long' });
  await page.getByTestId('conversation-row').filter({ hasText: 'Dorothea Lang' }).click();
  await message(page, 350).waitFor();
  await becomes(() => page.getByTestId('message').count(), 100);
  await still(page);
  const seen = await page.getByRole('log').evaluate((log) => {
    log.scrollTop = 100;
    const edge = log.getBoundingClientRect().top;
    const first = [...log.querySelectorAll('[data-message]')].find((one) => one.getBoundingClientRect().bottom > edge);
    return { id: first.dataset.message, top: Math.round(first.getBoundingClientRect().top) };
  });
  const reading = page.locator(`[data-message="${seen.id}"]`);
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=message]').length === 200);
  await still(page);
  const place = await top(reading);
  assert.ok(Math.abs(place - seen.top) <= 2, `${place}, was ${seen.top}`);

  // Who reads further up is told of news and not taken away.
  await page.evaluate(() => dispatchEvent(new CustomEvent('fake:message', { detail: 'Noch eine Frage' })));
  const pill = page.getByRole('button', { name: 'Neue Nachrichten' });
  await pill.waitFor();
  assert.ok(Math.abs((await top(reading)) - place) <= 2);
  await pill.click();
  await page.getByTestId('message').filter({ hasText: 'Noch eine Frage' }).waitFor();
  await pill.waitFor({ state: 'detached' });
  await quiet(page);
  await page.close();
});

test('a search hit on an old message leads there and marks it', async () => {
  const page = await browser.open({ scenario: 'long' });
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('Nachricht 17');
  await page.getByRole('button', { name: /Nachricht 17\b/ }).last().click();
  const found = message(page, 17);
  await found.waitFor();
  await still(page);
  const [box, log] = [await found.boundingBox(), await page.getByRole('log').boundingBox()];
  assert.ok(box.y >= log.y && box.y + box.height <= log.y + log.height, JSON.stringify([box, log]));
  await becomes(() => page.locator('article.found').count(), 1);
  await becomes(() => found.evaluate((element) => element.classList.contains('found') && element === document.activeElement), true);
  await quiet(page);
  await page.close();
});

test('a page that has to be loaded again goes on at its conversation', async () => {
  const page = await browser.open();
  await row(page, 'Mira Solbakken').click();
  await page.getByRole('log').waitFor();
  const head = page.locator('main section > header');
  const [name, about] = [head.locator('h2'), head.locator('.about')];
  const before = [await name.innerText(), await about.innerText()];
  await page.reload();
  await becomes(async () => [await name.innerText(), await about.innerText()], before);
  await quiet(page);
  await page.close();
});
