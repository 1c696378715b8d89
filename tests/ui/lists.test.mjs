/** Lists of customers in and out, the access report, restricting, erasing, and the record of processing. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, matches, settings } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

async function customers(page) {
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+2');
  await page.getByTestId('contact-row').first().waitFor();
}

async function menu(page, name) {
  await page.getByTestId('lists-menu').click();
  await page.getByRole('menuitem', { name }).click();
}

const customer = (page, name) => page.getByTestId('contact-row').filter({ hasText: name });

async function protect(page, name, item) {
  await customers(page);
  await customer(page, name).click();
  await page.getByTestId('protect-menu').click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('what an import would come to is shown, columns are changed, and one undo takes it back', async () => {
  const page = await browser.open();
  await customers(page);
  await menu(page, 'Kunden aus Datei übernehmen');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('kunden.csv: 4 Einträge').waitFor();
  const lines = dialog.getByTestId('import-lines');
  await lines.getByText('ergänzt Anna Petersen').waitFor();
  await lines.getByText('Kein Name und keine Adresse').waitFor();
  await lines.getByText('„kein-email@“ ist keine gültige Adresse und wird als Notiz übernommen').waitFor();
  await lines.getByText('Anders als hier, bleibt: Name').waitFor();
  await dialog.getByLabel('Was die Spalte Rahmengröße enthält').selectOption({ label: 'Eigenes Feld „Rahmengröße“' });
  await lines.getByText('Rahmengröße: 58').waitFor();
  await dialog.getByLabel('Zeichensatz').selectOption('UTF-8');
  await becomes(() => dialog.getByLabel('Zeichensatz').inputValue(), 'UTF-8');
  await dialog.getByLabel('Angaben aus der Datei gehen vor').check();
  await lines.getByText('Anders als hier, bleibt: Name').waitFor({ state: 'detached' });
  assert.equal(await customer(page, 'Rosalie Sommer').count(), 0, 'nothing is written before');
  await dialog.getByRole('button', { name: 'Übernehmen', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await customer(page, 'Rosalie Sommer').waitFor();
  await page.getByText('Übernommen: 1 neu, 1 ergänzt').waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await customer(page, 'Rosalie Sommer').waitFor({ state: 'detached' });
  await quiet(page);
  await page.close();
});

test('a file that cannot be read says so, and nothing can be taken in', async () => {
  const page = await browser.open({ scenario: 'broken_list' });
  await customers(page);
  await menu(page, 'Kunden aus Datei übernehmen');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('alert').waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'Übernehmen', exact: true }).isDisabled(), true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.close();
});

test('all customers go into a file, and what is missing is said', async () => {
  const page = await browser.open();
  await customers(page);
  await menu(page, 'als vCard');
  await page.getByText(/^\d+ Kunden gespeichert$/).waitFor();
  await menu(page, 'Alles mit Nachrichten');
  await page.getByText(/2 Anhänge liegen nur beim Anbieter/).waitFor();
  await page.close();
});

test('a customer is erased after a question, and the list and the log show it', async () => {
  const page = await browser.open();
  await protect(page, 'Jonas Weidmann', 'Kunden löschen');
  const dialog = page.getByRole('dialog');
  await matches(() => dialog.textContent(), /nicht rückgängig/);
  await dialog.getByRole('button', { name: 'Abbrechen' }).click();
  await dialog.waitFor({ state: 'detached' });
  await customer(page, 'Jonas Weidmann').waitFor();
  await page.getByTestId('protect-menu').click();
  await page.getByRole('menuitem', { name: 'Kunden löschen' }).click();
  await dialog.getByLabel(/Nachrichten behalten/).check();
  await dialog.getByRole('button', { name: 'Endgültig löschen' }).click();
  await page.getByText('Der Kunde ist gelöscht, die Nachrichten sind gesperrt').waitFor();
  await customer(page, 'Jonas Weidmann').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+1');
  await settings('privacy')(page);
  await page.getByTestId('protection-log').getByText('Kunde gelöscht').waitFor();
  assert.equal((await page.getByTestId('protection-log').textContent()).includes('Weidmann'), false, 'the log names nobody');
  await page.close();
});

test('restricting takes a customer out of the lists until it is lifted', async () => {
  const page = await browser.open();
  await protect(page, 'Mira Solbakken', 'Daten sperren');
  await customer(page, 'Mira Solbakken').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+1');
  await settings('privacy')(page);
  await page.getByTestId('restricted').getByText('Mira Solbakken').waitFor();
  await page.getByTestId('restricted').getByRole('button', { name: 'Sperre aufheben' }).click();
  await page.getByText('Niemand ist gesperrt').waitFor();
  await page.close();
});

test('the access report and the record are saved as pages', async () => {
  const page = await browser.open();
  await protect(page, 'Anna Petersen', 'Auskunft erstellen');
  await page.getByText(/Gespeichert unter .*auskunft-\d+\.html/).waitFor();
  await page.keyboard.press('Control+1');
  await settings('privacy')(page);
  const record = page.getByTestId('record');
  await record.getByText('Nachrichten mit Kundinnen und Kunden').click();
  await record.getByText('Vertrag und Anfragen dazu').first().waitFor();
  await page.getByRole('button', { name: 'Als Seite speichern' }).click();
  await page.getByText(/verarbeitungsverzeichnis\.html/).waitFor();
  await page.close();
});

test('what cannot be erased says why', async () => {
  const page = await browser.open({ fail: 'contactErase:too_late,protection' });
  await protect(page, 'Jonas Weidmann', 'Kunden löschen');
  await page.getByRole('dialog').getByRole('button', { name: 'Endgültig löschen' }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await page.close();
});
