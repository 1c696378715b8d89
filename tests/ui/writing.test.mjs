/** Writing: standard replies, placeholders, files by paste and drop, later, done, a new message; palette and keys. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, body, fillGap, matches, row, rows } from './hand.mjs';
import { answer, quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

async function open(query, name) {
  const page = await browser.open(query);
  await row(page, name).click();
  await answer(page);
  return page;
}

test('a standard reply by / and its shortcut, filled in for this customer', async () => {
  const page = await open({}, 'Mira Solbakken');
  await body(page).fill('');
  await body(page).pressSequentially('/abh');
  const menu = page.getByTestId('reply-menu');
  await menu.getByRole('option', { name: /Abholbereit/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.value.startsWith('Guten Tag Mira Solbakken'));
  await menu.waitFor({ state: 'detached' });
  await quiet(page);
  await page.close();
});

test('a standard reply has the text of the channel that the program chose', async () => {
  // Nobody chose SMS by hand: it is the way that the engine proposes.
  const page = await open({}, 'Anna Petersen');
  await page.getByTestId('route-chip').getByText('Antwort per SMS').waitFor();
  await body(page).pressSequentially('/danke');
  await page.getByTestId('reply-menu').getByRole('option', { name: /Danke/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.value === 'Danke, wir melden uns!');
  await quiet(page);
  await page.close();
});

test('a placeholder that nobody filled in is marked and holds the message back', async () => {
  const page = await open({ undo: '0' }, 'Jonas Weidmann');
  await body(page).pressSequentially('/lief');
  await page.getByTestId('reply-menu').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await fillGap(page);
  await quiet(page);
  await page.close();
});

test('an emoji is chosen with the arrows, stands where the text was written, and the text goes on', async () => {
  const page = await open({}, 'Anna Petersen');
  await body(page).fill('Bis gleich!');
  await body(page).press('ArrowLeft');
  await page.getByRole('button', { name: 'Emoji einfügen' }).press('Enter');
  await page.waitForFunction(() => document.activeElement?.textContent === '😀');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.activeElement?.textContent === '😊');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.dataset.testid === 'composer-body');
  await page.keyboard.type('?');
  await becomes(() => body(page).inputValue(), 'Bis gleich😊?!');
  // A picture makes every text message shorter, and the counter says so.
  await page.getByText('14/70 · 1 SMS').waitFor();
  await page.getByRole('button', { name: 'Emoji einfügen' }).press('Enter');
  await page.getByRole('button', { name: '😀' }).waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.dataset.testid === 'emoji');
  await quiet(page);
  await page.close();
});

/** Drags files over the middle of an element, and lets them go there. */
async function drag(page, onto, names) {
  const box = await onto.boundingBox();
  await page.evaluate(
    ([x, y, files]) => {
      const carried = new DataTransfer();
      for (const name of files) carried.items.add(new File([new Uint8Array(1200)], name, { type: 'application/pdf' }));
      const place = { dataTransfer: carried, bubbles: true, cancelable: true, clientX: x, clientY: y };
      const target = document.elementFromPoint(x, y);
      window.__drop = () => target.dispatchEvent(new DragEvent('drop', place));
      target.dispatchEvent(new DragEvent('dragover', place));
    },
    [box.x + box.width / 2, box.y + box.height / 2, names],
  );
  return () => page.evaluate(() => window.__drop());
}

test('a picture is pasted, and files dropped anywhere on the conversation are taken', async () => {
  const page = await browser.open();
  await row(page, 'Jonas Weidmann').click();
  await page.getByTestId('composer-open').waitFor();
  // Beside: nothing is taken, and the window stays.
  await (await drag(page, page.getByRole('listbox'), ['daneben.pdf']))();
  const drop = await drag(page, page.getByRole('log'), ['plan.pdf', 'foto.pdf']);
  await page.getByTestId('drop-here').getByText('Höchstens 25 MB je Datei').waitFor();
  assert.equal(await page.getByRole('button', { name: 'daneben.pdf weglassen' }).count(), 0);
  await drop();
  await page.getByTestId('drop-here').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'plan.pdf weglassen' }).waitFor();
  await page.getByRole('button', { name: 'foto.pdf weglassen' }).waitFor();
  await page.getByText(/von höchstens 25 MB je Datei/).waitFor();
  const taken = await body(page).evaluate((area) => {
    const carried = new DataTransfer();
    carried.items.add(new File([new Uint8Array(1200)], 'bild.png', { type: 'image/png' }));
    const event = new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true });
    area.dispatchEvent(event);
    return event.defaultPrevented;
  });
  assert.equal(taken, true);
  await page.getByRole('button', { name: 'bild.png weglassen' }).waitFor();
  await quiet(page);
  await page.close();
});

test('a channel without files says so before and after the drop', async () => {
  const page = await browser.open();
  await row(page, 'Anna Petersen').click();
  await page.getByTestId('composer-open').waitFor();
  const drop = await drag(page, page.getByRole('log'), ['plan.pdf']);
  await page.getByTestId('drop-here').getByText('Dieser Kanal nimmt keine Dateien an.').waitFor();
  await drop();
  await page.getByRole('status').getByText('Dieser Kanal nimmt keine Dateien an.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'plan.pdf weglassen' }).count(), 0);
  await quiet(page);
  await page.close();
});

test('later: it waits with its time, and comes back with Undo', async () => {
  const page = await open({}, 'Jonas Weidmann');
  await body(page).fill('Die Rechnung kommt am Montag.');
  await page.getByRole('button', { name: 'Weitere Arten zu senden' }).click();
  await page.getByRole('menuitem', { name: /Nächste Woche/ }).click();
  await page.getByText(/^Wird gesendet: /).waitFor();
  await row(page, 'Jonas Weidmann').getByText(/Geht hinaus/).waitFor();
  await page.getByTestId('message').filter({ hasText: 'Die Rechnung kommt am Montag.' }).getByText(/^Geht hinaus /).waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.value === 'Die Rechnung kommt am Montag.');
  await quiet(page);
  await page.close();
});

test('the outbox says when a message leaves, counts the undo time down, and lets it go at once or at another time', async () => {
  const page = await open({ undo: '120' }, 'Jonas Weidmann');
  await body(page).fill('Die Rechnung kommt am Montag.');
  await page.getByRole('button', { name: 'Weitere Arten zu senden' }).click();
  await page.getByRole('menuitem', { name: /Nächste Woche/ }).click();
  await page.getByText(/^Wird gesendet: /).waitFor();
  await body(page).fill('Noch etwas.');
  await page.getByTestId('composer-send').click();
  await page.keyboard.press('Control+3');
  const line = (text) => page.getByTestId('outbox-row').filter({ hasText: text });
  await line('Noch etwas.').getByText(/^Geht in 1[01]\d s hinaus/).waitFor();
  const planned = line('Die Rechnung kommt');
  const before = await planned.getByText(/^Geht hinaus /).innerText();
  await planned.getByRole('button', { name: 'Zeit ändern …' }).press('Enter');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Uhrzeit' }).fill('16:20');
  await page.getByRole('dialog').getByRole('button', { name: 'Übernehmen' }).click();
  await planned.getByText(/16:20/).waitFor();
  assert.notEqual(await planned.getByText(/^Geht hinaus/).innerText(), before);
  await planned.getByRole('button', { name: 'Jetzt senden' }).press('Enter');
  await planned.waitFor({ state: 'detached' });
  await line('Noch etwas.').getByRole('button', { name: 'Jetzt senden' }).press('Enter');
  await line('Noch etwas.').waitFor({ state: 'detached' });
  await quiet(page);
  await page.close();
});

test('copies stay out of the way until they are wanted, and the subject can be changed', async () => {
  const page = await open({}, 'Jonas Weidmann');
  await becomes(() => page.getByRole('textbox', { name: 'Kopie an' }).count(), 0);
  await page.getByRole('button', { name: 'Kopie an' }).click();
  await page.getByRole('textbox', { name: 'Kopie an' }).fill('buero@weidmann-bau.example');
  await page.getByRole('textbox', { name: 'Betreff' }).fill('Ihre Rechnung');
  await body(page).fill('Anbei.');
  await page.getByText(/^Gespeichert/).waitFor();
  await row(page, 'Mira Solbakken').click();
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.value.startsWith('Hallo Mira'));
  await row(page, 'Jonas Weidmann').click();
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.value === 'Anbei.');
  await becomes(() => page.getByRole('textbox', { name: 'Betreff' }).inputValue(), 'Ihre Rechnung');
  await becomes(() => page.getByRole('textbox', { name: 'Kopie an' }).inputValue(), 'buero@weidmann-bau.example');
  await quiet(page);
  await page.close();
});

test('a new message: to a customer by name, and to an address that nobody has', async () => {
  const page = await browser.open({ undo: '0' });
  await rows(page).first().waitFor();
  await page.keyboard.press('c');
  const to = page.getByTestId('new-message').getByRole('combobox', { name: 'An' });
  await to.fill('lena');
  await page.getByRole('option', { name: /Lena Kowalczyk/ }).waitFor();
  await page.keyboard.press('Enter');
  await body(page).fill('Ihr Rad ist da.');
  await page.getByTestId('composer-send').click();
  await page.getByRole('heading', { name: 'Lena Kowalczyk', level: 2 }).first().waitFor();
  await page.getByTestId('message').filter({ hasText: 'Ihr Rad ist da.' }).waitFor();
  await page.getByRole('log').focus();
  await page.keyboard.press('c');
  await to.fill('neu@kundin.example');
  await page.getByTestId('route-chip').waitFor();
  await body(page).fill('Guten Tag');
  await page.getByTestId('composer-send').click();
  await page.getByRole('heading', { name: 'neu@kundin.example', level: 2 }).first().waitFor();
  await quiet(page);
  await page.close();
});

test('a message that was begun waits as a draft', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.keyboard.press('c');
  await page.getByTestId('new-message').getByRole('combobox', { name: 'An' }).fill('neu@kundin.example');
  await page.getByTestId('route-chip').waitFor();
  await body(page).fill('Angefangen');
  await page.getByText(/^Gespeichert/).waitFor();
  await page.getByRole('button', { name: 'Schließen' }).click();
  await page.keyboard.press('c');
  await page.getByRole('button', { name: /neu@kundin\.example Angefangen/ }).click();
  await becomes(() => body(page).inputValue(), 'Angefangen');
  await quiet(page);
  await page.close();
});

test('the palette finds actions in any of the four languages, customers and replies', async () => {
  const page = await browser.open();
  await row(page, 'Anna Petersen').click();
  await page.getByTestId('message').first().waitFor();
  await page.keyboard.press('Control+k');
  const palette = page.getByTestId('palette');
  await palette.getByRole('combobox').fill('snooze');
  await palette.getByRole('option', { name: /^Zurückstellen/ }).first().waitFor();
  await palette.getByRole('combobox').fill('weid');
  await palette.getByRole('option', { name: /Jonas Weidmann/ }).waitFor();
  await palette.getByRole('combobox').fill('dunkle');
  await palette.getByRole('option', { name: 'Dunkle Farben' }).waitFor();
  await page.keyboard.press('Enter');
  await palette.waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('abholung');
  await palette.getByRole('option', { name: /Abholbereit/ }).click();
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.value.startsWith('Guten Tag Anna Petersen'));
  await quiet(page);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test('keys are shown on ?, given to another letter, and single letters can be turned off', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.keyboard.press('Shift+?');
  await page.getByTestId('shortcut-sheet').getByText('Nächster Vorgang').waitFor();
  await page.getByTestId('shortcut-sheet').getByText('Mehrere Zeilen auswählen').waitFor();
  await page.getByRole('button', { name: 'Tasten ändern …' }).click();
  const key = page.getByRole('button', { name: 'Taste für „Erledigt“ ändern' });
  await key.click();
  await page.keyboard.press('j');
  await page.getByText('Gehört schon zu: Nächster Vorgang').waitFor();
  await page.keyboard.press('d');
  await key.getByText('D', { exact: true }).waitFor();
  await page.keyboard.press('Control+1');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('j');
  await page.getByRole('heading', { name: 'Anna Petersen', level: 2 }).first().waitFor();
  await page.keyboard.press('e');
  await page.keyboard.press('d');
  await page.locator('.toasts').getByText('Erledigt', { exact: true }).waitFor();
  await page.keyboard.press('Control+5');
  await page.locator('[data-page=shortcuts]').click();
  await page.getByRole('switch', { name: 'Einzelne Buchstaben als Tastenkürzel' }).uncheck();
  await page.keyboard.press('Control+1');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('c');
  await page.keyboard.press('Control+2');
  await page.getByRole('heading', { name: 'Kunden' }).waitFor();
  await becomes(() => page.getByTestId('new-message').count(), 0);
  await quiet(page);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test('the library: a reply is written, found, changed and removed with a way back', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+4');
  await page.getByRole('button', { name: 'Neuer Textbaustein' }).click();
  const editor = page.getByTestId('reply-editor');
  await editor.getByLabel('Name', { exact: true }).fill('Rückruf');
  await editor.getByLabel('Kürzel').fill('danke');
  await editor.getByRole('textbox', { name: 'Text' }).fill('Wir rufen Sie zurück, ');
  await editor.getByRole('button', { name: 'Name des Kunden' }).click();
  await matches(() => editor.getByRole('textbox', { name: 'Text' }).inputValue(), /\{\{kunde\.name\}\}$/);
  await editor.getByRole('button', { name: 'Speichern' }).click();
  await editor.getByText('Eine Angabe passt nicht.').waitFor();
  await editor.getByLabel('Kürzel').fill('rueckruf');
  await editor.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Textbaustein gespeichert').waitFor();
  await page.getByTestId('reply-row').filter({ hasText: 'Rückruf' }).click();
  // A text that was written over comes back.
  await editor.getByRole('textbox', { name: 'Text' }).fill('Ganz anders');
  await editor.getByRole('button', { name: 'Speichern' }).click();
  await page.getByTestId('reply-row').filter({ hasText: 'Ganz anders' }).waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).last().click();
  await page.getByTestId('reply-row').filter({ hasText: 'Wir rufen Sie zurück' }).waitFor();
  for (const note of await page.getByRole('status').getByRole('button', { name: 'Schließen' }).all()) await note.click();
  await page.getByTestId('reply-row').filter({ hasText: 'Rückruf' }).click();
  await editor.getByRole('button', { name: 'Entfernen' }).click();
  await page.getByTestId('reply-row').filter({ hasText: 'Rückruf' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.getByTestId('reply-row').filter({ hasText: 'Rückruf' }).waitFor();
  await quiet(page);
  await page.close();
});

test('the library goes into a file and comes from one; when each reply was used is told', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+4');
  await page.getByTestId('reply-row').filter({ hasText: 'Abholbereit' }).click();
  await page.getByTestId('reply-editor').getByText(/^41× verwendet.*zuletzt am /).waitFor();
  const choose = async (name) => {
    await page.getByRole('button', { name: 'Mehr' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await choose('In Datei speichern …');
  await page.getByText('4 Textbausteine gespeichert').waitFor();
  await choose('Aus Datei übernehmen …');
  await page.getByText('Neu: 3, geändert: 1, gleich: 4').waitFor();
  await quiet(page);
  await page.close();
});
