/** A new message beside the conversations: neither hides the other, and nothing that was begun is lost. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, body, row, rows } from './hand.mjs';
import { quiet, start, still } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const sheet = (page) => page.getByTestId('new-message');
const recipient = (page) => sheet(page).getByRole('combobox', { name: 'An', exact: true });

/** A new message to this address, begun by the button in the list's header. */
async function begin(page, to, text) {
  await page.getByRole('button', { name: 'Neue Nachricht' }).click();
  await recipient(page).fill(to);
  await page.getByTestId('route-chip').waitFor();
  await body(page).fill(text);
}

test('a row that is opened shows its conversation, and the new message is gone on with later', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await begin(page, 'neu@kundin.example', 'Ihr Fahrrad ist');
  await row(page, 'Jonas Weidmann').click();
  await page.getByTestId('message').first().waitFor();
  await sheet(page).waitFor({ state: 'detached' });
  await page.getByText('Ihre Nachricht bleibt als Entwurf.').waitFor();
  await page.getByRole('button', { name: 'Weiterschreiben' }).click();
  await becomes(() => recipient(page).inputValue(), 'neu@kundin.example');
  await becomes(() => body(page).inputValue(), 'Ihr Fahrrad ist');
  // Closed, it stands among the begun ones, once.
  await page.getByRole('button', { name: 'Schließen' }).first().click();
  await page.getByTestId('message').first().waitFor();
  await page.getByRole('button', { name: 'Neue Nachricht' }).click();
  await becomes(() => page.getByRole('button', { name: /neu@kundin\.example Ihr Fahrrad ist/ }).count(), 1);
  await quiet(page);
  await page.close();
});

test('keys for a conversation do nothing to the one that lies under a new message', async () => {
  const page = await browser.open();
  await row(page, 'Jonas Weidmann').click();
  await page.getByTestId('message').first().waitFor();
  await page.getByRole('button', { name: 'Neue Nachricht' }).click();
  await sheet(page).waitFor();
  await page.getByRole('button', { name: 'Schließen' }).first().focus();
  for (const key of ['e', 'm', 'r', 'n']) await page.keyboard.press(key);
  await still(page);
  assert.equal(await page.getByTestId('composer-note').count(), 0);
  assert.equal(await page.getByRole('status').filter({ hasText: /Erledigt|Markiert/ }).count(), 0);
  assert.equal(await row(page, 'Jonas Weidmann').count(), 1);
  await page.keyboard.press('j');
  await page.getByTestId('message').first().waitFor();
  await becomes(() => sheet(page).count(), 0);
  await quiet(page);
  await page.close();
});

test('the card offers to write to its customer, and a begun message to somebody else is kept', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await begin(page, 'neu@kundin.example', 'Für später');
  await page.keyboard.press('Control+2');
  await page.getByTestId('contact-row').filter({ hasText: 'Mira Solbakken' }).click();
  await page.getByRole('button', { name: 'Nachricht schreiben' }).click();
  await sheet(page).getByText('Mira Solbakken').waitFor();
  await page.getByRole('complementary', { name: 'Kundenkarte' }).getByText('Mira Solbakken').waitFor();
  await page.waitForFunction(() => document.activeElement?.dataset.testid === 'composer-body');
  await page.keyboard.type('Der Helm ist da.');
  await page.getByText(/^Gespeichert/).waitFor();
  await page.getByRole('button', { name: 'Schließen' }).first().click();
  await page.getByRole('button', { name: 'Neue Nachricht' }).click();
  await page.getByRole('button', { name: /neu@kundin\.example Für später/ }).waitFor();
  await page.getByRole('button', { name: /Mira Solbakken Der Helm ist da\./ }).click();
  await page.getByTestId('route-chip').waitFor();
  await becomes(() => body(page).inputValue(), 'Der Helm ist da.');
  await quiet(page);
  await page.close();
});

test('a narrow window shows the new message, and Back leads to where one was', async () => {
  const page = await browser.open({}, { width: 640, height: 700 });
  await rows(page).first().waitFor();
  await page.keyboard.press('c');
  await sheet(page).waitFor();
  await page.getByRole('button', { name: 'Zurück', exact: true }).click();
  await rows(page).first().click();
  await page.getByTestId('message').first().waitFor();
  await page.getByRole('log').focus();
  await page.keyboard.press('c');
  await sheet(page).waitFor();
  await page.getByRole('button', { name: 'Zurück', exact: true }).click();
  await page.getByTestId('message').first().waitFor();
  await page.getByRole('button', { name: 'Zurück', exact: true }).click();
  await rows(page).first().waitFor();
  await quiet(page);
  await page.close();
});

test('a discarded message comes back with its text and its file, by click and by key', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await begin(page, 'neu@kundin.example', 'Doch nicht');
  await page.getByRole('button', { name: 'Datei anhängen' }).click();
  await page.getByRole('button', { name: 'Angebot.pdf weglassen' }).waitFor();
  for (const back of [() => page.getByRole('button', { name: 'Rückgängig' }).click(), async () => {
    await page.getByRole('listbox').focus();
    await page.keyboard.press('z');
  }]) {
    await page.getByRole('button', { name: 'Verwerfen' }).click();
    await page.getByText('Nachricht verworfen').waitFor();
    await sheet(page).waitFor({ state: 'detached' });
    await back();
    await sheet(page).waitFor();
    await becomes(() => body(page).inputValue(), 'Doch nicht');
    await page.getByRole('button', { name: 'Angebot.pdf weglassen' }).waitFor();
  }
  // When the note is gone, so is the draft.
  await page.getByRole('button', { name: 'Verwerfen' }).click();
  await page.getByRole('status').filter({ hasText: 'Nachricht verworfen' }).getByRole('button', { name: 'Schließen' }).click();
  await page.getByRole('button', { name: 'Neue Nachricht' }).click();
  await sheet(page).waitFor();
  await becomes(() => page.getByText('Angefangene Nachrichten').count(), 0);
  await quiet(page);
  await page.close();
});

test('an address typed to its end is taken, over whatever is suggested', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.getByRole('button', { name: 'Neue Nachricht' }).click();
  const field = recipient(page);
  await field.pressSequentially('mira');
  await sheet(page).getByRole('option', { name: /Mira Solbakken/ }).waitFor();
  await becomes(() => sheet(page).getByRole('option', { selected: true }).count(), 1);
  // Half a name is no wrong address.
  assert.equal(await page.getByText('Das ist keine Adresse').count(), 0);
  // This is a beginning of another customer's address too.
  await field.fill('a.petersen@posthaus.example');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.activeElement?.dataset.testid === 'composer-body');
  await becomes(() => field.inputValue(), 'a.petersen@posthaus.example');
  await field.fill('anna.petersen@posthaus.example');
  await sheet(page).getByRole('option', { name: /Anna Petersen/ }).waitFor();
  await becomes(() => sheet(page).getByRole('option', { selected: true }).count(), 0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await sheet(page).getByRole('button', { name: 'Anderen Empfänger wählen' }).waitFor();
  await quiet(page);
  await page.close();
});

test('copies are told apart by comma, semicolon and line, and a name stays with its address', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await begin(page, 'neu@kundin.example', 'Zur Kenntnis');
  await page.getByRole('button', { name: 'Kopie an' }).click();
  const copies = page.getByLabel('Kopie an');
  await copies.evaluate((input) => {
    const carried = new DataTransfer();
    carried.setData('text/plain', 'Anna Petersen <anna@posthaus.example>\nbuero@firma.example');
    input.focus();
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true }));
  });
  await becomes(() => copies.inputValue(), 'Anna Petersen <anna@posthaus.example>, buero@firma.example');
  await page.getByText(/^Gespeichert/).waitFor();
  await page.getByRole('button', { name: 'Schließen' }).first().click();
  await page.getByRole('button', { name: 'Neue Nachricht' }).click();
  await page.getByRole('button', { name: /^neu@kundin\.example/ }).click();
  await becomes(() => copies.inputValue(), 'Anna Petersen <anna@posthaus.example>, buero@firma.example');
  await quiet(page);
  await page.close();
});
