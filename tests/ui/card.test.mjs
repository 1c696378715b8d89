/** The customer's card: what is known, promised and granted; calls that are noted; fields and tags of the shop. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, open, row, settings } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const shop = { scenario: 'card' };
const cardOf = (page) => page.getByRole('complementary', { name: 'Kundenkarte' });
const section = (page, id) => page.locator(`[data-section=${id}]`);

async function anna() {
  const page = await browser.open(shop);
  await open(page, 'Anna Petersen');
  await section(page, 'known').waitFor();
  return page;
}

test('what is known is changed in place, by Enter, and comes back', async () => {
  const page = await anna();
  const card = cardOf(page);
  await card.getByRole('button', { name: 'Firma: Petersen Grafik' }).click();
  await card.getByLabel('Firma').fill('Petersen & Co.');
  await page.keyboard.press('Enter');
  await card.getByRole('button', { name: 'Firma: Petersen & Co.' }).waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).first().click();
  await card.getByRole('button', { name: 'Firma: Petersen Grafik' }).waitFor();
  await card.getByRole('button', { name: 'Geburtstag: 12. März' }).click();
  await becomes(() => card.getByLabel('Geburtstag').inputValue(), '12.03.');
  await card.getByLabel('Geburtstag').fill('1.5.1980');
  await page.keyboard.press('Escape');
  await card.getByRole('button', { name: 'Geburtstag: 12. März' }).click();
  await card.getByLabel('Geburtstag').fill('1.5.1980');
  await page.keyboard.press('Enter');
  await card.getByRole('button', { name: 'Geburtstag: 1. Mai 1980' }).waitFor();
  await card.getByLabel('Anrede').selectOption('du');
  await becomes(() => card.getByLabel('Anrede').inputValue(), 'du');
  await quiet(page);
  await page.close();
});

test('of two values that a merge left, a person chooses one', async () => {
  const page = await anna();
  const frame = page.getByRole('group', { name: 'Rahmenhöhe' });
  await frame.getByRole('button', { name: '54,5 · A. Petersen' }).click();
  await cardOf(page).getByRole('button', { name: 'Rahmenhöhe: 54,5' }).waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).first().click();
  await frame.waitFor();
  await quiet(page);
  await page.close();
});

test('tags are given and taken, a section that was folded stays so', async () => {
  const page = await anna();
  const tags = section(page, 'tags');
  await tags.getByLabel('Stichwort hinzufügen').fill('Verein');
  await page.keyboard.press('Enter');
  await tags.getByText('Verein', { exact: true }).waitFor();
  await tags.getByRole('button', { name: 'Stichwort „Werkstatt“ wegnehmen' }).click();
  await tags.getByText('Werkstatt', { exact: true }).waitFor({ state: 'detached' });
  await tags.getByRole('button', { name: /^Stichworte/ }).click();
  await becomes(() => tags.getByRole('list').count(), 0);
  await row(page, 'Jonas Weidmann').first().click();
  await becomes(() => tags.getByRole('button', { name: /^Stichworte/ }).getAttribute('aria-expanded'), 'false');
  await quiet(page);
  await page.close();
});

test('who asks for goodwill again is shown with what was granted', async () => {
  const page = await anna();
  const banner = page.getByTestId('goodwill-banner');
  await banner.getByText(/Schon gewährt: 10 % auf die Inspektion, am .* \(Telefon\)/).waitFor();
  await section(page, 'goodwill').getByRole('button', { name: '„10 % auf die Inspektion“ aus der Liste nehmen' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Rückgängig' }).first().click();
  await banner.waitFor();
  await section(page, 'goodwill').getByRole('button', { name: 'Kulanz festhalten' }).click();
  await page.getByLabel('Was wurde gewährt?').fill('Schlauch geschenkt');
  await page.keyboard.press('Enter');
  await section(page, 'goodwill').getByText('Schlauch geschenkt').waitFor();
  await quiet(page);
  await page.close();
});

test('a promise is added on the card, counted at the rail, done in the list and open again', async () => {
  const page = await anna();
  const rail = page.getByRole('navigation', { name: 'Bereiche' });
  await rail.getByRole('button', { name: 'Aufgaben, 2' }).waitFor();
  await section(page, 'tasks').getByRole('button', { name: 'Zusage oder Anruf eintragen' }).click();
  await page.getByLabel('Was ist zu tun?').fill('Rückruf wegen Helm');
  await page.getByLabel('Bis wann').fill('1.1.2020');
  await page.keyboard.press('Tab');
  await section(page, 'tasks').getByRole('button', { name: 'Eintragen', exact: true }).click();
  await section(page, 'tasks').getByText('Rückruf wegen Helm').waitFor();
  await rail.getByRole('button', { name: 'Aufgaben, 3' }).click();
  const list = page.getByRole('main', { name: 'Aufgaben' });
  await list.getByRole('heading', { name: 'Überfällig' }).waitFor();
  await becomes(() => list.getByTestId('task').first().locator('.what').textContent(), 'Rückruf wegen Helm');
  await list.getByRole('checkbox', { name: '„Rückruf wegen Helm“ ist erledigt' }).click();
  await list.getByText('Rückruf wegen Helm').waitFor({ state: 'detached' });
  await rail.getByRole('button', { name: 'Aufgaben, 2' }).waitFor();
  await page.keyboard.press('z');
  await list.getByText('Rückruf wegen Helm').waitFor();
  await list.getByTestId('task').filter({ hasText: 'Bremszug' }).getByRole('button', { name: 'Zum Vorgang' }).click();
  await page.getByRole('heading', { name: 'Anna Petersen' }).first().waitFor();
  await quiet(page);
  await page.close();
});

test('a call is noted in two clicks, by key too, and its text is changed', async () => {
  const page = await anna();
  const messages = page.getByTestId('message');
  const before = await messages.count();
  await cardOf(page).getByRole('button', { name: 'Anruf oder Besuch notieren' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Notieren' }).click();
  await becomes(() => messages.count(), before + 1);
  await messages.last().getByText('Ohne Notiz').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('log').focus();
  await page.keyboard.press('v');
  await page.getByRole('radio', { name: 'Kunde war da' }).waitFor();
  assert.equal(await page.getByRole('radio', { name: 'Kunde war da' }).isChecked(), true);
  await becomes(() => page.evaluate(() => document.activeElement?.dataset.testid), 'spoken-text');
  await page.getByTestId('spoken-text').fill('Will das Rad am Freitag holen');
  await page.keyboard.press('Control+Enter');
  await messages.last().getByText('Will das Rad am Freitag holen').waitFor();
  await messages.last().getByText('Persönlich').waitFor();
  await messages.last().getByRole('button', { name: 'Notiz ändern' }).click();
  await page.getByRole('textbox', { name: 'Was wurde besprochen?' }).fill('Holt das Rad am Samstag');
  await page.keyboard.press('Control+Enter');
  await messages.last().getByText('Holt das Rad am Samstag').waitFor();
  await page.getByRole('log').focus();
  await page.keyboard.press('z');
  await messages.last().getByText('Will das Rad am Freitag holen').waitFor();
  await page.keyboard.press('z');
  await becomes(() => messages.count(), before + 1);
  await quiet(page);
  await page.close();
});

test('a consent is noted with its evidence and withdrawn', async () => {
  const page = await anna();
  const consents = section(page, 'consents');
  await consents.getByRole('button', { name: /^Einwilligungen/ }).click();
  await consents.getByText('Bitte keine Werbung per SMS').waitFor();
  await consents.getByRole('listitem').filter({ hasText: 'E-Mail' }).getByRole('button', { name: 'Widerrufen' }).click();
  await consents.getByRole('listitem').filter({ hasText: 'E-Mail' }).getByText(/Nicht erteilt am/).waitFor();
  await consents.getByRole('button', { name: 'Einwilligung notieren' }).click();
  await consents.getByLabel('Auf welchem Kanal').selectOption('telegram');
  await consents.getByLabel(/Wie gegeben/).fill('am Telefon');
  await consents.getByRole('button', { name: 'Notieren', exact: true }).click();
  await consents.getByText('am Telefon').waitFor();
  await quiet(page);
  await page.close();
});

test('an address is marked as a person knows it', async () => {
  const page = await anna();
  const card = cardOf(page);
  await card.getByRole('button', { name: 'Mehr zu anna.petersen@posthaus.example' }).click();
  await page.getByRole('menuitem', { name: 'Zustand: Von mehreren genutzt' }).click();
  await card.getByText('Von mehreren genutzt').waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).first().click();
  await card.getByText('Von mehreren genutzt').waitFor({ state: 'detached' });
  await quiet(page);
  await page.close();
});

test('fields and tags of the shop: added, moved, merged by their name, removed, all of it back', async () => {
  const page = await browser.open(shop);
  await settings('card')(page);
  const fields = page.getByRole('list', { name: 'Eigene Felder' });
  await page.getByRole('button', { name: 'Feld hinzufügen' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Sattel');
  await page.getByLabel('Darin steht').selectOption('choice');
  await page.getByLabel(/Zur Auswahl/).fill('Leder\nGel');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await fields.getByText('Auswahl · Leder · Gel').waitFor();
  await fields.getByRole('button', { name: '„Sattel“ nach oben' }).click();
  await becomes(() => fields.getByTestId('field-row').nth(2).locator('.words > span').first().textContent(), 'Sattel');
  await fields.getByRole('button', { name: '„Sattel“ entfernen' }).click();
  await fields.getByText('Sattel', { exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Rückgängig' }).last().click();
  await fields.getByText('Sattel', { exact: true }).waitFor();
  const tags = page.getByRole('list', { name: 'Stichworte' });
  await tags.getByRole('button', { name: '„werkstatt neu“ umbenennen' }).click();
  await page.getByLabel('Name des Stichworts').fill('werkstatt');
  await tags.getByText('„Werkstatt“ gibt es schon. Beide werden eins.').waitFor();
  await tags.getByRole('button', { name: 'Zusammenlegen' }).click();
  await tags.getByText('werkstatt neu').waitFor({ state: 'detached' });
  await tags.getByRole('button', { name: '„Stammkundin“ bei allen entfernen' }).click();
  await becomes(() => tags.getByTestId('tag-row').count(), 1);
  await quiet(page);
  await page.close();
});
