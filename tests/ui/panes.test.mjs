/** List, search, customers, outbox, settings and the sizes of the window. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, matches, rows, settings } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

test('a long list keeps few rows in the document, and its positions stay right', async () => {
  const page = await browser.open({ people: '5000' });
  await rows(page).first().waitFor();
  const list = page.getByRole('listbox', { name: 'Vorgänge' });
  await list.focus();
  const where = () =>
    list.evaluate((element) => {
      const option = document.getElementById(element.getAttribute('aria-activedescendant'));
      return { at: Number(option?.getAttribute('aria-posinset')), text: option?.textContent ?? '', size: option?.getAttribute('aria-setsize') };
    });
  // A page of rows may still be on its way when its end is reached; the next press goes on.
  let active = await where();
  for (let press = 0; press < 300 && !(active.at > 200); press += 1) {
    await page.keyboard.press('PageDown');
    active = await where();
  }
  assert.ok((await page.getByRole('option').count()) < 40);
  assert.ok(active.at > 200, `position ${active.at}`);
  assert.match(active.text, new RegExp(`Anfrage ${active.at - 1}\\b`));
  assert.equal(active.size, '5000');
  await becomes(() => page.evaluate(() => document.activeElement?.getAttribute('role')), 'listbox');
  await page.keyboard.press('Enter');
  await page.getByTestId('message').getByText(`Nachricht Nummer ${active.at - 1}:`).waitFor();
  await quiet(page);
  await page.close();
});

test('a row that comes takes the element of one that went, with all its words and marks', async () => {
  const page = await browser.open({ people: '500' });
  await rows(page).first().waitFor();
  await page.getByRole('listbox').evaluate((list) => list.querySelectorAll('[role=option]').forEach((row) => (row.dataset.old = 'true')));
  await page.getByRole('listbox').evaluate((list) => (list.scrollTop = 72 * 30));
  await page.waitForFunction(() => document.querySelector('[role=listbox] [aria-posinset="31"]') !== null);
  const seen = await page.getByRole('option').evaluateAll((options) =>
    options.map((option) => ({
      at: Number(option.getAttribute('aria-posinset')),
      top: option.getBoundingClientRect().top,
      name: option.querySelector('.name').textContent,
      subject: option.querySelector('.subject').textContent,
      initials: option.querySelector('.avatar .avatar').textContent,
      old: option.dataset.old === 'true',
    })),
  );
  assert.ok(seen.some((row) => row.old), 'no element was used again');
  assert.deepEqual(seen.map((row) => row.at), [...seen.keys()].map((index) => seen[0].at + index), 'the order in the document is that on screen');
  assert.ok(seen.every((row, index) => index === 0 || row.top > seen[index - 1].top));
  for (const { at, name, subject, initials } of seen) {
    assert.equal(subject, `Anfrage ${at - 1}`);
    assert.match(name, new RegExp(` ${at - 1}$`));
    assert.equal(initials[0], name[0]);
  }
  await page.close();
});

test('the number of all rows is told once it is known', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  const option = page.getByRole('option').first();
  await becomes(async () => Number(await option.getAttribute('aria-setsize')) === (await rows(page).count()), true);
  await becomes(() => option.getAttribute('aria-posinset'), '1');
  await page.close();
});

test('opening a conversation reads it', async () => {
  const page = await browser.open();
  await rows(page).first().getByText('Ungelesen').waitFor({ state: 'attached' });
  await rows(page).first().click();
  await rows(page).first().getByText('Ungelesen').waitFor({ state: 'detached' });
  await page.close();
});

test('search: grouped, marked, walked by keyboard, Escape leads back', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('anna');
  await page.getByRole('heading', { name: 'Kunden' }).waitFor();
  await page.getByRole('heading', { name: 'Nachrichten' }).waitFor();
  // The hits of the letters before may still stand there.
  await page.waitForFunction(() => /^anna$/i.test(document.querySelector('mark')?.textContent ?? ''));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByTestId('message').first().waitFor();
  await page.getByRole('textbox', { name: 'Kunden, Nachrichten und Notizen suchen' }).focus();
  await page.keyboard.press('Escape');
  await page.getByRole('listbox').waitFor();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('gibtesnicht');
  await page.getByText('Nichts gefunden zu „gibtesnicht“').waitFor();
  await quiet(page);
  await page.close();
});

test('the customer card: name, addresses and preferred channel', async () => {
  const page = await browser.open();
  await rows(page).filter({ hasText: 'Jonas Weidmann' }).click();
  const card = page.getByRole('complementary', { name: 'Kundenkarte' });
  await card.getByLabel('Wunschkanal').selectOption({ label: 'SMS' });
  await card.getByText(/Von Hand festgelegt, seit/).waitFor();
  await page.getByTestId('composer').getByText('Antwort per SMS').waitFor();
  await card.getByRole('button', { name: 'Adresse hinzufügen' }).click();
  await card.getByLabel('Adresse hinzufügen').fill('kein Weg');
  await card.getByRole('button', { name: 'Hinzufügen', exact: true }).click();
  await card.getByText('Das ist keine Adresse, die verwendet werden kann.').waitFor();
  await card.getByLabel('Adresse hinzufügen').fill('jonas@privat.example');
  await page.keyboard.press('Enter');
  await card.getByText('jonas@privat.example').waitFor();
  await card.getByRole('button', { name: 'jonas@privat.example entfernen' }).click();
  await card.getByText('jonas@privat.example').waitFor({ state: 'detached' });
  await card.getByRole('button', { name: 'Namen ändern' }).click();
  await card.getByLabel('Name des Kunden').fill('Jonas Weidmann-Bau');
  await page.keyboard.press('Enter');
  await rows(page).filter({ hasText: 'Jonas Weidmann-Bau' }).waitFor();
  await quiet(page);
  await page.close();
});

test('customers: list, search, conversations', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+2');
  await page.getByRole('textbox', { name: 'Kunden suchen' }).fill('weidmann');
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=contact-row]').length === 1);
  await page.getByTestId('contact-row').click();
  await page.getByRole('button', { name: /Rechnung 2026-1187/ }).click();
  await page.getByRole('heading', { name: 'Posteingang' }).waitFor();
  await page.getByTestId('message').first().waitFor();
  await quiet(page);
  await page.close();
});

test('customers beyond those that are fetched are named as such, and rows grow with the text', async () => {
  const page = await browser.open({ people: '600' });
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+2');
  await page.getByTestId('contact-row').first().waitFor();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('End');
  await page.getByText('Gezeigt werden die 500 Kunden, die zuletzt geschrieben haben.').waitFor();
  await becomes(() => page.getByRole('option').first().getAttribute('aria-setsize'), '-1');
  const height = () => page.getByRole('option').first().evaluate((row) => row.getBoundingClientRect().height);
  await becomes(() => height(), 56);
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Control++');
  await page.waitForFunction(() => document.querySelector('[role=option]')?.getBoundingClientRect().height === 84);
  await quiet(page);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test('opening hours: a time that was taken away comes back, holidays are entered by hand, and the time zone is chosen', async () => {
  const page = await browser.open();
  await settings('hours')(page);
  await page.getByText('Keine Feiertage').waitFor({ state: 'attached' });
  await page.getByText('Jetzt geöffnet, bis 23:00').waitFor();
  await page.getByText(/^Danach wieder ab /).waitFor();
  const span = page.getByRole('button', { name: 'Montag, 14:00: Zeit entfernen' });
  await span.click();
  await span.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await span.waitFor();
  await page.locator('[data-page=shop]').click();
  await becomes(() => page.getByText(/Feiertage/).count(), 0);
  await page.getByLabel('Zeitzone').selectOption('Europe/Zurich');
  await page.keyboard.press('Control+1');
  await settings('shop')(page);
  await becomes(() => page.getByLabel('Zeitzone').inputValue(), 'Europe/Zurich');
  await quiet(page);
  await page.close();
});

test('keys of other keyboards: the areas by their place, larger text by a plus behind Shift', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  const press = (init) => page.evaluate((keys) => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ctrlKey: true, ...keys })), init);
  // French: the digits stand behind Shift.
  await press({ key: 'é', code: 'Digit2' });
  await page.getByRole('heading', { name: 'Kunden', level: 1 }).waitFor();
  await press({ key: '&', code: 'Digit1' });
  await page.getByRole('heading', { name: 'Posteingang', level: 1 }).waitFor();
  const size = (wanted) => page.waitForFunction((text) => document.documentElement.style.fontSize === text, wanted);
  await press({ key: '+', code: 'Equal', shiftKey: true });
  await size('110%');
  await press({ key: '=', code: 'Equal' });
  await size('125%');
  await press({ key: 'à', code: 'Digit0' });
  await size('100%');
  await quiet(page);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test('the outbox asks in plain words, checks, sends again and takes back', async () => {
  const page = await browser.open();
  await page.getByRole('button', { name: '2 Nachrichten nicht gesendet' }).click();
  const row = (name) => page.getByTestId('outbox-row').filter({ hasText: name });
  await row('Blumen Rosenthal').getByText('Es ist nicht sicher, ob diese Nachricht hinausging.').waitFor();
  // A number stands as the customer's card writes it.
  await row('Tobias').getByText('0176 04069033').waitFor();
  assert.equal(await page.getByTestId('outbox-row').getByText('+49').count(), 0);
  await row('Blumen Rosenthal').getByRole('button', { name: 'Nachsehen' }).click();
  await row('Blumen Rosenthal').waitFor({ state: 'detached' });
  await row('Tobias').getByRole('button', { name: 'Zurückholen' }).click();
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.value.startsWith('Guten Tag, ein Schlauch'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+3');
  await page.getByText('Nichts wartet').waitFor();
  await quiet(page);
  await page.close();
});

test('settings: language and colours change at once', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+5');
  await page.getByRole('button', { name: 'Darstellung' }).click();
  await page.getByLabel('Farben').selectOption('dark');
  await becomes(() => page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await page.getByRole('button', { name: 'Geschäft' }).click();
  await page.getByLabel('Sprache').selectOption('en');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await becomes(() => page.evaluate(() => document.documentElement.lang), 'en');
  await page.getByRole('button', { name: 'Backup' }).click();
  await page.getByRole('button', { name: 'Save a backup …' }).click();
  await page.getByText(/^Saved and checked: /).waitFor();
  await quiet(page);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test('the check-up names accounts and says what to do, in the language of the person', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+5');
  await page.getByRole('button', { name: 'Prüfung' }).click();
  await page.getByText('Lassen Sie Theke einige Minuten laufen').waitFor();
  await becomes(() => page.getByText('laden@radhaus-nord.example').count(), 2);
  await page.getByText('Every page of the database is sound.').waitFor({ state: 'hidden' });
  await quiet(page);
  await page.close();
});

test('panes are resized by keyboard and remembered', async () => {
  let page = await browser.open();
  const line = (shown) => shown.getByRole('separator', { name: 'Breite der Liste' });
  await line(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await becomes(() => line(page).getAttribute('aria-valuenow'), '376');
  await page.close();
  page = await browser.open();
  await becomes(() => line(page).getAttribute('aria-valuenow'), '376');
  await line(page).dblclick({ force: true });
  await becomes(() => line(page).getAttribute('aria-valuenow'), '344');
  await page.close();
});

test('panes are resized by mouse as far as they go, and remembered', async () => {
  let page = await browser.open();
  const line = (shown) => shown.getByRole('separator', { name: 'Breite der Liste' });
  const drag = async (by) => {
    const { x, y, width, height } = await line(page).boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + by, y + height / 2, { steps: 4 });
    await page.mouse.up();
  };
  await line(page).waitFor();
  await drag(60);
  await becomes(() => line(page).getAttribute('aria-valuenow'), '404');
  await page.close();
  page = await browser.open();
  await becomes(() => line(page).getAttribute('aria-valuenow'), '404');
  await drag(600);
  await becomes(() => line(page).getAttribute('aria-valuenow'), '480');
  await drag(-600);
  await becomes(() => line(page).getAttribute('aria-valuenow'), '280');
  await line(page).dblclick({ force: true });
  await becomes(() => line(page).getAttribute('aria-valuenow'), '344');
  await page.close();
});

test('a narrow window shows the list or the conversation, and nothing is wider than the window', async () => {
  for (const width of [640, 900, 1024, 1280]) {
    const page = await browser.open({}, { width, height: 600 });
    await rows(page).first().click();
    await page.getByTestId('composer').waitFor();
    await becomes(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `at ${width}`);
    await becomes(async () => (await rows(page).count()) > 0, width >= 900, `list at ${width}`);
    if (width < 900) {
      await page.getByRole('button', { name: 'Zurück', exact: true }).click();
      await rows(page).first().waitFor();
    }
    await page.close();
  }
});

test('a pane that failed says so and can be tried again; an empty shop says how to begin', async () => {
  let page = await browser.open({ fail: 'conversationList' });
  await page.getByText('Etwas ist schiefgegangen.').waitFor();
  await page.getByRole('button', { name: 'Noch einmal versuchen' }).waitFor();
  await page.close();
  page = await browser.open({ scenario: 'empty' });
  await page.getByText('Noch kein Konto eingerichtet').first().waitFor();
  await page.close();
  page = await browser.open({ scenario: 'offline' });
  await page.getByTestId('status-bar').getByText(/^Offline/).waitFor();
  await page.close();
});

test('an area that breaks says so, and the others go on', async () => {
  const page = await browser.open({ garble: 'contact' });
  await rows(page).first().click();
  await page.getByText('Etwas ist schiefgegangen.').waitFor();
  await page.keyboard.press('Control+3');
  await page.getByRole('heading', { name: 'Ausgang' }).waitFor();
  await page.getByTestId('outbox-row').first().waitFor();
  await page.close();
});

test('what was changed on the card comes back', async () => {
  const page = await browser.open();
  await rows(page).filter({ hasText: 'Jonas Weidmann' }).click();
  const card = page.getByRole('complementary', { name: 'Kundenkarte' });
  await card.getByLabel('Wunschkanal').selectOption({ label: 'SMS' });
  await page.getByText('Wunschkanal geändert').waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.waitForFunction(() => document.querySelector('aside select')?.value === '');
  await card.getByRole('button', { name: 'j.weidmann@weidmann-bau.example entfernen' }).click();
  await card.getByText('j.weidmann@weidmann-bau.example').waitFor({ state: 'detached' });
  await page.getByRole('listbox').focus();
  await page.keyboard.press('z');
  await card.getByText('j.weidmann@weidmann-bau.example').waitFor();
  await quiet(page);
  await page.close();
});

test('the practice shop says that it is one, and its tasks tick themselves', async () => {
  const page = await browser.open({ scenario: 'practice', undo: '0' });
  const bar = page.getByTestId('practice');
  await bar.getByText('Übungsladen').waitFor();
  await bar.getByRole('button', { name: 'Aufgaben: 0 von 7' }).click();
  await rows(page).first().click();
  await page.getByTestId('message').first().waitFor();
  await bar.getByRole('button', { name: 'Aufgaben: 1 von 7' }).waitFor();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('e');
  await bar.getByRole('button', { name: 'Aufgaben: 2 von 7' }).waitFor();
  await page.keyboard.press('z');
  await bar.getByRole('button', { name: 'Aufgaben: 3 von 7' }).waitFor();
  await page.getByText('Erledigt: Machen Sie etwas rückgängig.').waitFor();
  await quiet(page);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test('About says the version, the licence and where the data are', async () => {
  const page = await browser.open();
  await settings('about')(page);
  const main = page.getByRole('main');
  await main.getByText(/^\d+\.\d+\.\d+$/).waitFor();
  await main.getByText(/^Apache-2\.0: frei/).waitFor();
  await main.getByText('/home/laden/.local/share/theke').waitFor();
  await quiet(page);
  await page.close();
});

test('all files of a message are saved at once, and a mail on white paper can be made dark', async () => {
  const page = await browser.open({ theme: 'dark' });
  await rows(page).filter({ hasText: 'Familie' }).click();
  await page.getByRole('button', { name: 'Alle speichern …' }).first().click();
  await page.getByText(/^\d+ Dateien gespeichert in \/home\/laden\/Downloads$/).waitFor();
  await rows(page).filter({ hasText: 'Jonas Weidmann' }).click();
  await page.getByTestId('message').first().waitFor();
  const dark = page.getByRole('button', { name: 'Dunkel anpassen' });
  await page.locator('iframe').first().waitFor();
  const paper = () => page.locator('iframe').first().evaluate((frame) => getComputedStyle(frame).filter);
  await dark.first().waitFor();
  await becomes(() => paper(), 'none');
  await dark.first().click();
  await matches(() => paper(), /invert/);
  await page.getByRole('button', { name: 'Wie gesendet zeigen' }).first().click();
  await becomes(() => paper(), 'none');
  await quiet(page);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});
