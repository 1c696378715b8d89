/** What is done by itself: the line in the conversation with its reasons, the question and its answers, the tasks that ask, and what the shop knows. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, body, matches, open, row, write } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const SHOP = { scenario: 'automatic' };
const line = (page) => page.getByTestId('automatic');
const knowledge = async (page) => {
  await row(page, 'Lena Fischbach').waitFor();
  await page.keyboard.press('Control+4');
  await page.getByTestId('library-tabs').getByRole('button', { name: 'Wissen' }).click();
};

test('an answer by itself says why, opens to its reasons, is marked and taken back', async () => {
  const page = await browser.open(SHOP);
  await open(page, 'Lena Fischbach');
  await line(page).getByText('Von selbst beantwortet (Regel „Zeiten“), weil es nach „Öffnungszeiten“ klingt („wann“, „geöffnet“) und es per E-Mail kam').waitFor();
  await page.getByTestId('message').filter({ hasText: 'Automatisch' }).waitFor();
  await line(page).getByRole('button', { name: 'Warum?' }).click();
  const details = page.getByTestId('decision-details');
  await details.getByText('Zeiten, Fassung 3').waitFor();
  await details.getByText('Öffnungszeiten, sehr sicher (94 %)').waitFor();
  await details.getByText('E-Mail an lena@fischbach.example').waitFor();
  await details.getByText('Alle bestanden: 20').click();
  await details.getByText('Unter der Grenze für diesen Kunden in 24 Stunden. 1 von 3').waitFor();
  const wrong = line(page).getByRole('button', { name: 'Das war falsch' });
  await wrong.click();
  await line(page).getByText('Als falsch vermerkt').waitFor();
  await becomes(() => wrong.getAttribute('aria-pressed'), 'true');
  await wrong.click();
  await becomes(() => wrong.getAttribute('aria-pressed'), 'false');
  await line(page).getByRole('button', { name: 'Zurücknehmen' }).click();
  await line(page).getByText('Zurückgenommen').waitFor();
  await becomes(() => page.getByTestId('message').count(), 1);
  await quiet(page);
  await page.close();
});

test('what was held back says by what, with the words', async () => {
  const page = await browser.open(SHOP);
  await open(page, 'Sophie');
  await line(page).getByText('Nicht von selbst beantwortet (Regel „Zeiten“): Darauf sollte ein Mensch antworten.').waitFor();
  await line(page).getByRole('button', { name: 'Warum?' }).click();
  await page.getByTestId('decision-details').getByText('Im Text: verärgert, Anwalt').waitFor();
  await quiet(page);
  await page.close();
});

test('a rule that asks is answered in the conversation: the text leaves, or it does not', async () => {
  for (const [button, left, became] of [['Antwort senden', 2, 'Von Ihnen freigegeben (Regel „Preise“)'], ['Nicht senden', 1, 'Von Ihnen abgelehnt (Regel „Preise“)']]) {
    const page = await browser.open(SHOP);
    await open(page, 'Kemal');
    await line(page).getByText('Regel „Preise“ fragt: Antwort senden?').waitFor();
    await line(page).getByText('eine Inspektion kostet 69 €').waitFor();
    await line(page).getByRole('button', { name: button }).click();
    await line(page).getByText(became).waitFor();
    await becomes(() => page.getByTestId('message').count(), left);
    await quiet(page);
    await page.close();
  }
});

test('an answer that comes too late is told at the question', async () => {
  const page = await browser.open({ ...SHOP, fail: 'decisionApprove:too_late' });
  await open(page, 'Kemal');
  await line(page).getByRole('button', { name: 'Antwort senden' }).click();
  await line(page).getByRole('alert').waitFor();
  await page.close();
});

test('the tasks say in words what is asked, and the question of a rule is answered there', async () => {
  const page = await browser.open(SHOP);
  await row(page, 'Lena Fischbach').waitFor();
  await page.keyboard.press('Control+6');
  const task = (name) => page.getByTestId('task').filter({ hasText: name });
  await task('Greta Ohlsen').getByText('Jemand möchte mit einem Menschen sprechen').waitFor();
  await task('Ivo Brandt').getByText('Ein anderer Computer wollte antworten und hat es nicht getan').waitFor();
  const asked = task('Kemal');
  await asked.getByText('Regel „Preise“ fragt: Antwort senden?').waitFor();
  await asked.getByText('eine Inspektion kostet 69 €').waitFor();
  await asked.getByRole('button', { name: 'Antwort senden', exact: true }).click();
  await asked.waitFor({ state: 'detached' });
  await becomes(() => page.getByTestId('task').count(), 2);
  await page.keyboard.press('Control+1');
  await open(page, 'Kemal');
  await becomes(() => page.getByTestId('message').count(), 2);
  await quiet(page);
  await page.close();
});

test('an article is written, checked by one click, and comes back after it was removed', async () => {
  const page = await browser.open(SHOP);
  await knowledge(page);
  const rows = page.getByTestId('article-row');
  await rows.filter({ hasText: 'Sommeraktion' }).getByText('Abgelaufen').waitFor();
  await rows.filter({ hasText: 'Sommeraktion' }).click();
  await page.getByText('Seit dem 1. September 2026 gilt dies nicht mehr.').waitFor();
  await rows.filter({ hasText: 'Preise' }).click();
  const editor = page.getByTestId('article-editor');
  const before = await editor.getByLabel('Geprüft am').inputValue();
  await editor.getByRole('button', { name: 'Heute geprüft' }).click();
  await page.getByText('„Preise der Inspektion“ ist heute geprüft.').waitFor();
  assert.notEqual(await editor.getByLabel('Geprüft am').inputValue(), before);
  await editor.getByText('{{artikel:Preise der Inspektion}}').waitFor();
  await editor.getByRole('button', { name: 'Entfernen' }).click();
  await becomes(() => rows.count(), 2);
  await page.keyboard.press('Control+z');
  await becomes(() => rows.count(), 3);
  await page.getByRole('button', { name: 'Neuer Eintrag' }).first().click();
  await editor.getByLabel('Worum es geht').fill('Leihräder');
  await editor.getByLabel('Text', { exact: true }).fill('Ein Leihrad kostet 15 € am Tag.');
  await editor.getByLabel('Gilt nicht mehr ab').fill('31.12.2099');
  await editor.getByRole('button', { name: 'Speichern' }).click();
  await becomes(() => rows.count(), 4);
  await page.getByLabel('Im Wissen suchen').fill('leihrad');
  await becomes(() => rows.count(), 1);
  await quiet(page);
  await page.close();
});

test('what the shop knows is put into an answer with /, and into a standard reply as a placeholder; not what has expired', async () => {
  const page = await browser.open(SHOP);
  await open(page, 'Ivo');
  await write(page, '');
  await page.keyboard.type('/');
  const menu = page.getByTestId('reply-menu');
  await menu.getByRole('option', { name: /Anfahrt und Parken/ }).waitFor();
  assert.equal(await menu.getByRole('option', { name: /Sommeraktion/ }).count(), 0);
  await page.keyboard.type('parken');
  await menu.getByRole('option').filter({ hasText: 'Wissen' }).waitFor();
  await becomes(() => menu.getByRole('option').count(), 1);
  await page.keyboard.press('Enter');
  await matches(() => body(page).inputValue(), /^Parken können Sie im Hof/);
  await page.keyboard.press('Control+4');
  await page.getByTestId('reply-row').first().click();
  const editor = page.getByTestId('reply-editor');
  await editor.getByRole('button', { name: 'Preise der Inspektion' }).waitFor();
  assert.equal(await editor.getByRole('button', { name: 'Sommeraktion' }).count(), 0);
  await editor.getByRole('button', { name: 'Preise der Inspektion' }).click();
  await matches(() => editor.getByLabel('Text', { exact: true }).first().inputValue(), /\{\{artikel:Preise der Inspektion\}\}/);
  await quiet(page);
  await page.close();
});
