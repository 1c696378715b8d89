/** The lists of automation: decisions with their filters, pages and keys; proposals of standard replies. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes } from './hand.mjs';
import { automation } from './scenes-automatic.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const SHOP = { scenario: 'automatic' };
const PAGE = 50;

test('decisions are listed by pages, by rule, and by what waits; the keys go from one to the next', async () => {
  const page = await browser.open(SHOP);
  await automation(1)(page);
  const rows = page.getByTestId('decision-row');
  await becomes(() => rows.count(), PAGE);
  await page.getByRole('button', { name: 'Ältere zeigen' }).click();
  await becomes(() => rows.count(), 2 * PAGE);
  await page.getByLabel('Nur von einer Regel').selectOption({ label: 'Gutscheine' });
  await becomes(() => rows.count(), 1);
  await page.getByRole('button', { name: 'Warten auf Sie' }).click();
  await rows.filter({ hasText: 'Regel „Preise“' }).waitFor();
  await becomes(() => rows.count(), 1);
  await page.getByRole('button', { name: 'Alle', exact: true }).click();
  await becomes(() => rows.count(), PAGE);
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const sheet = page.getByTestId('decision-sheet');
  await becomes(() => rows.nth(1).getAttribute('aria-expanded'), 'true');
  await sheet.getByTestId('decision-details').waitFor();
  await quiet(page);
  await page.close();
});

test('a question in the list is answered there, and its message is one click away', async () => {
  const page = await browser.open(SHOP);
  await automation(1)(page);
  await page.getByRole('button', { name: 'Warten auf Sie' }).click();
  await page.getByTestId('decision-row').first().click();
  const sheet = page.getByTestId('decision-sheet');
  await sheet.getByRole('button', { name: 'Nicht senden' }).click();
  await page.getByText('Nichts wartet auf Sie').waitFor();
  await page.getByRole('button', { name: 'Alle', exact: true }).click();
  await page.getByTestId('decision-row').filter({ hasText: 'Abgelehnt' }).click();
  await sheet.getByRole('button', { name: 'Zur Nachricht' }).click();
  await page.getByTestId('message').filter({ hasText: 'Was kostet eine Inspektion?' }).waitFor();
  await quiet(page);
  await page.close();
});

test('a proposal becomes a standard reply under a name, or is gone', async () => {
  const page = await browser.open(SHOP);
  await automation(2)(page);
  const proposals = page.getByTestId('proposal');
  const first = proposals.filter({ hasText: 'Sie haben das 5-mal von Hand geschrieben' });
  await first.getByText('Antwort auf: Gutschein').waitFor();
  await first.getByText('Wo geschrieben').click();
  await becomes(() => first.getByRole('listitem').count(), 5);
  await first.getByLabel('Name des Textbausteins').fill('Gutscheine');
  await first.getByLabel('Text des Vorschlags').fill('Gutscheine gibt es ab 10 €.');
  await first.getByRole('button', { name: 'Textbaustein daraus machen' }).click();
  await page.getByText('Die Regel ist noch ausgeschaltet.').waitFor();
  await becomes(() => proposals.count(), 1);
  await proposals.getByRole('button', { name: 'Nein danke' }).click();
  await page.getByText('Keine Vorschläge').waitFor();
  await page.getByRole('button', { name: 'Textbaustein zeigen' }).click();
  assert.equal(await page.getByTestId('reply-editor').getByLabel('Name', { exact: true }).inputValue(), 'Gutscheine');
  await quiet(page);
  await page.close();
});
