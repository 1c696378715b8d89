/** Backups: what is there, whether it can be used, and the way back to it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, open, settings } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const CODE = 'K7QF-2M9D-XW4T-8HRB-J3NC-6VPE-0Y';

async function backups(params = {}) {
  const page = await browser.open(params);
  if (params.scenario === 'empty') {
    await page.keyboard.press('Control+5');
    await page.locator('[data-page=backup]').click();
  } else await settings('backup')(page);
  return page;
}

test('the list tells what can be used, and checks what is asked for', async () => {
  const page = await backups();
  const rows = page.getByTestId('backups').getByRole('listitem');
  await rows.nth(3).waitFor();
  const damaged = rows.nth(2);
  await damaged.getByText('Diese Datei ist keine ganze Sicherung von Theke.').waitFor();
  assert.equal(await damaged.getByRole('button').count(), 0);
  await rows.first().getByText('Beim Erstellen geprüft').waitFor();
  await rows.first().getByRole('button', { name: /^Prüfen/ }).click();
  await rows.first().getByText('Gerade geprüft, in Ordnung').waitFor();
  const older = rows.nth(3);
  await older.getByText(/vor einer Aktualisierung/).waitFor();
  await older.getByRole('button', { name: /^Prüfen/ }).click();
  await older.getByText('Diese Datei ist keine ganze Sicherung von Theke.').waitFor();
  await quiet(page);
  await page.close();
});

test('going back says what it means, shows how far it is, and the window begins anew', async () => {
  const page = await browser.open({ scenario: 'slow_restore' });
  await open(page, 'Anna Petersen');
  await settings('backup')(page);
  await page.getByTestId('backups').getByRole('button', { name: /^Wiederherstellen/ }).nth(1).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Automatische Antworten bleiben aus, bis Sie sie wieder einschalten.').waitFor();
  assert.equal(await dialog.getByRole('textbox').count(), 0, 'no code is asked for');
  await dialog.getByRole('button', { name: 'Wiederherstellen', exact: true }).click();
  for (const step of ['Laufendes wird zu Ende gebracht', 'Die Sicherung wird geprüft und eingesetzt', 'Theke wird wieder geöffnet']) {
    await dialog.getByText(step).waitFor();
    await page.keyboard.press('Escape');
    await dialog.getByText(step).waitFor();
    await page.evaluate(() => dispatchEvent(new Event('fake:go-on')));
  }
  await page.getByTestId('conversation-row').first().waitFor();
  assert.equal(new URL(page.url()).hash, '', 'what was on screen may be another conversation now');
  await page.getByText('Wiederhergestellt. 2 Nachrichten fragen, ob sie schon gesendet sind.').waitFor();
  await page.locator("[data-pane=notes]").getByRole('button', { name: 'Ausgang' }).click();
  await page.getByRole('heading', { name: 'Ausgang' }).waitFor();
  await quiet(page);
  await page.close();
});

test('who comes back to the window sees the backup made meanwhile', async () => {
  const page = await backups({ scenario: 'kept' });
  const rows = page.getByTestId('backups').getByRole('listitem');
  await becomes(() => rows.count(), 4);
  await page.evaluate(() => dispatchEvent(new Event('fake:night')));
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await becomes(() => rows.count(), 5);
  await quiet(page);
  await page.close();
});

test('while a file is looked at nobody is left to press again', async () => {
  const page = await backups({ hang: 'backupLook' });
  const choose = page.getByRole('button', { name: /Datei/ });
  await choose.click();
  await becomes(() => choose.getAttribute('aria-busy'), 'true');
  assert.equal(await choose.isDisabled(), true);
  await page.close();
});

test('a file of another shop asks for its code, and a wrong one changes nothing', async () => {
  const page = await backups({ scenario: 'anderer-laden' });
  await page.getByRole('button', { name: 'Aus einer Datei wiederherstellen …' }).click();
  const dialog = page.getByRole('dialog');
  const code = dialog.getByLabel('Wiederherstellungscode vom Tag dieser Sicherung');
  await code.fill('falsch');
  await page.keyboard.press('Enter');
  await dialog.getByText('Das passt nicht.').waitFor();
  await code.fill(CODE);
  await page.keyboard.press('Enter');
  await page.getByTestId('conversation-row').first().waitFor();
  await page.getByText('Wiederhergestellt', { exact: true }).waitFor();
  await quiet(page);
  await page.close();
});

test('a file of a newer Theke is refused before anything is asked', async () => {
  const page = await backups({ scenario: 'newer_backup' });
  await page.getByRole('button', { name: 'Aus einer Datei wiederherstellen …' }).click();
  await page.getByText('Ihre Nachrichten wurden mit einer neueren Version von Theke geschrieben.').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.close();
});

test('what was replaced can be gone back to', async () => {
  const page = await backups({ scenario: 'kept' });
  await page.getByTestId('kept').getByRole('button', { name: /^Zurückkehren/ }).click();
  await page.getByRole('dialog').getByText(/Theke kehrt zu dem zurück, was am/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.close();
});

test('a new shop has none yet', async () => {
  const page = await backups({ scenario: 'empty' });
  await page.getByText('Noch keine. Theke macht die erste, kurz nachdem es gestartet ist.').waitFor();
  await page.close();
});
