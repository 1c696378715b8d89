/** Opening hours: the holidays of the shop's state, and seasons. */
import { after, before, test } from 'node:test';
import { becomes, settings } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

test('holidays of a state: each closes the shop unless it is open as usual or has own hours, and those of a place are chosen', async () => {
  const page = await browser.open();
  await settings('hours')(page);
  await page.getByLabel('Bundesland oder Kanton').selectOption('DE-BY');
  const friday = page.getByLabel('Karfreitag', { exact: true });
  await becomes(() => friday.inputValue(), 'closed');
  await friday.selectOption('own');
  await page.getByLabel('Karfreitag: öffnet um').fill('11');
  await page.getByLabel('Karfreitag: schließt um').focus();
  await becomes(() => page.getByLabel('Karfreitag: öffnet um').inputValue(), '11:00');
  await page.getByLabel('Heilige Drei Könige', { exact: true }).selectOption('usual');
  const local = page.getByLabel('Mariä Himmelfahrt', { exact: true });
  await becomes(() => local.inputValue(), 'usual');
  await local.selectOption('closed');
  await page.keyboard.press('Control+1');
  await settings('hours')(page);
  await becomes(() => page.getByLabel('Heilige Drei Könige', { exact: true }).inputValue(), 'usual');
  await becomes(() => local.inputValue(), 'closed');
  await becomes(() => page.getByLabel('Karfreitag: öffnet um').inputValue(), '11:00');
  await quiet(page);
  await page.close();
});

test('a season is added with the hours of the week, changed, taken away and brought back', async () => {
  const page = await browser.open();
  await settings('hours')(page);
  const form = page.getByTestId('season-form');
  await form.getByLabel('Von').fill('1.5.2027');
  await form.getByLabel('Bis').fill('30.9.2027');
  await form.getByLabel('Name').fill('Sommer');
  await form.getByRole('button', { name: 'Hinzufügen' }).click();
  const list = page.getByTestId('seasons');
  await list.getByText(/^1\. Mai – 30\. September · Mo–Di\u00a009:00/).waitFor();
  await list.getByRole('button', { name: 'Montag, 14:00: Zeit entfernen' }).click();
  await list.getByText(/^1\. Mai – 30\. September · Mo\u00a009:00/).waitFor();
  await list.getByRole('button', { name: 'Fertig' }).click();
  await list.getByRole('button', { name: '„Sommer“ entfernen' }).click();
  await list.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await list.getByText('Sommer').waitFor();
  await quiet(page);
  await page.close();
});
