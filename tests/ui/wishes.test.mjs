/** The wish in the customer's words: the question, the line with its way back, the reason of the route, the card. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, matches, open, row, write } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const chip = (page) => page.getByTestId('route-chip');

test('a person is asked about a new number, agrees, and takes it back', async () => {
  const page = await browser.open();
  await open(page, 'Paul Nußbaum');
  const question = page.getByTestId('wish-question');
  await question.getByText('künftig per SMS, nicht per Telefon').waitFor();
  await question.getByText('gehört bisher nicht zu diesem Kunden').waitFor();
  await question.getByText('„Bitte künftig per SMS an 0176 04069088, nicht anrufen“').waitFor();
  await question.getByRole('button', { name: 'So machen' }).click();
  await question.waitFor({ state: 'detached' });
  await page.getByTestId('wish').getByText('von Ihnen übernommen').waitFor();
  await write(page, 'Gern!');
  await matches(() => chip(page).textContent(), /Antwort per SMS/);
  await page.getByRole('log').focus();
  await page.keyboard.press('Control+z');
  await question.waitFor();
  await matches(() => chip(page).textContent(), /Antwort per E-Mail/);
  await question.getByRole('button', { name: 'Nicht übernehmen' }).click();
  await page.getByTestId('wish').getByText('von Ihnen abgelehnt').waitFor();
  await quiet(page);
  await page.close();
});

test('what was understood stands in the timeline with its words, is the reason of the route, and one click takes it back', async () => {
  const page = await browser.open();
  await open(page, 'Öğretmen');
  const line = page.getByTestId('wish');
  await line.getByText('Wunsch: künftig per Telegram – „Am liebsten antworten Sie mir per Telegram“').waitFor();
  await write(page, 'Bis Mittwoch!');
  await matches(() => chip(page).textContent(), /Antwort per Telegram.*so wünscht: „Am liebsten antworten Sie mir per Telegram“/);
  await line.getByRole('button', { name: 'Zurücknehmen' }).click();
  await line.getByText('zurückgenommen').waitFor();
  await becomes(() => line.getByRole('button').count(), 0);
  await matches(() => chip(page).textContent(), /weil der Kunde zuletzt so schrieb/);
  await page.getByRole('log').focus();
  await page.keyboard.press('Control+z');
  await line.getByRole('button', { name: 'Zurücknehmen' }).waitFor();
  await quiet(page);
  await page.close();
});

test('a habit is proposed on the card and set only by a click', async () => {
  const page = await browser.open();
  await open(page, 'Clara Müller');
  const habit = page.getByTestId('habit');
  await habit.getByText('Schreibt immer per E-Mail').waitFor();
  const wanted = page.getByLabel('Wunschkanal');
  assert.equal(await wanted.inputValue(), '');
  await habit.getByRole('button', { name: 'Nicht vorschlagen' }).click();
  await habit.waitFor({ state: 'detached' });
  await page.getByRole('log').focus();
  await page.keyboard.press('Control+z');
  await habit.getByRole('button', { name: 'Übernehmen' }).click();
  await habit.waitFor({ state: 'detached' });
  await becomes(() => wanted.inputValue(), 'email');
  await quiet(page);
  await page.close();
});

test('a refused channel stands on the card, warns who chooses it, and can be allowed again', async () => {
  const page = await browser.open();
  await open(page, 'Blumen Rosenthal');
  const refusals = page.getByTestId('refusals');
  await refusals.getByText('bitte keine SMS an die Ladennummer').waitFor();
  await write(page, 'Guten Tag');
  await chip(page).click();
  await page.getByRole('button', { name: 'SMS 0176' }).click();
  await page.getByText('Achtung: Der Kunde möchte keine Antwort per SMS').waitFor();
  await refusals.getByRole('button', { name: 'SMS wieder erlauben' }).click();
  await refusals.waitFor({ state: 'detached' });
  await quiet(page);
  await page.close();
});

test('an answer that comes too late is told in the question', async () => {
  const page = await browser.open({ fail: 'wishAccept:too_late' });
  await row(page, 'Paul Nußbaum').first().click();
  const question = page.getByTestId('wish-question');
  await question.getByRole('button', { name: 'So machen' }).click();
  await question.getByRole('alert').waitFor();
  await page.close();
});
