/** The settings that keep others out: passphrase, recovery code. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settings } from './hand.mjs';
import { quiet, start, still } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

async function security(params = {}) {
  const page = await browser.open(params);
  await settings('security')(page);
  return page;
}

test('a passphrase is set, asked for when it is changed, and removed', async () => {
  const page = await security();
  const form = page.getByTestId('passphrase-form');
  await form.getByLabel('Neue Passphrase').fill('drei Räder im Schnee');
  await form.getByLabel('Passphrase wiederholen').fill('drei Räder im Regen');
  await form.getByRole('button', { name: 'Passphrase setzen' }).click();
  await form.getByText('Die beiden Eingaben sind verschieden.').waitFor();
  await form.getByLabel('Passphrase wiederholen').fill('drei Räder im Schnee');
  await page.keyboard.press('Enter');
  const current = form.getByLabel('Jetzige Passphrase oder Wiederherstellungscode');
  await current.waitFor();
  await current.fill('geraten');
  await form.getByRole('button', { name: 'Ohne Passphrase öffnen' }).click();
  await form.getByText('Das passt nicht.').waitFor();
  for (let guess = 2; guess <= 5; guess += 1) {
    await form.getByRole('button', { name: 'Ohne Passphrase öffnen' }).click();
    await form.locator(`[aria-busy]`).first().waitFor({ state: 'detached' });
  }
  await form.getByText('Das war mehrmals falsch.').waitFor();
  await form.getByText('In 5 s können Sie es noch einmal versuchen.').waitFor();
  await current.fill('drei Räder im Schnee');
  await form.getByRole('button', { name: 'Ohne Passphrase öffnen' }).click();
  await form.getByRole('button', { name: 'Passphrase setzen' }).waitFor();
  assert.equal(await current.count(), 0);
  await quiet(page);
  await page.close();
});

test('without a keychain the passphrase can be changed and not removed', async () => {
  const page = await security({ scenario: 'no_keychain' });
  await page.getByText('Dieser Computer hat keinen Schlüsselbund. Deshalb bleibt die Passphrase.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Ohne Passphrase öffnen' }).count(), 0);
  await page.getByRole('button', { name: 'Passphrase ändern' }).waitFor();
  await page.close();
});

test('a new recovery code that nobody confirmed is there again after the lock, is not seen while it is locked, and is never stored', async () => {
  const page = await security({ scenario: 'pin' });
  const begin = page.getByRole('button', { name: 'Neuen Code erstellen' });
  const lock = async () => {
    await page.evaluate(() => dispatchEvent(new Event('fake:system-lock')));
    await page.getByTestId('lock').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  const unlock = async () => {
    await page.getByTestId('lock').locator('input').fill('4711');
    await page.keyboard.press('Enter');
    await page.getByTestId('lock').waitFor({ state: 'detached' });
  };
  // A question alone goes with the lock.
  await begin.click();
  await page.getByRole('dialog').waitFor();
  await lock();
  await unlock();
  await begin.waitFor();
  await still(page);
  assert.equal(await page.getByRole('dialog').count(), 0);
  await begin.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Neuen Code erstellen' }).click();
  const shown = page.getByRole('dialog').getByTestId('recovery-code');
  const code = await shown.innerText();
  await lock();
  assert.ok(!(await page.content()).includes(code));
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state]));
  assert.ok(!stored.includes(code));
  await unlock();
  await shown.waitFor();
  assert.equal(await shown.innerText(), code);
  await page.getByRole('button', { name: 'Ich habe ihn aufgeschrieben' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await lock();
  await unlock();
  await begin.waitFor();
  await still(page);
  assert.equal(await page.getByRole('dialog').count(), 0);
  await quiet(page);
  await page.close();
});

test('a new recovery code says first what it ends, asks for the passphrase and is shown once', async () => {
  const page = await security({ scenario: 'passphrase' });
  await page.getByRole('button', { name: 'Neuen Code erstellen' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/Sicherungen von früheren Tagen öffnen weiter mit dem Code von damals/).waitFor();
  await dialog.getByLabel('Jetzige Passphrase oder Wiederherstellungscode').fill('offen sesam');
  await page.keyboard.press('Enter');
  const code = await dialog.getByTestId('recovery-code').innerText();
  assert.match(code, /^[0-9A-Z-]{20,}$/);
  // The old one is void already, so nothing but a word ends this.
  assert.equal(await dialog.getByRole('button', { name: 'Schließen' }).count(), 0);
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await still(page);
  assert.equal(await dialog.getByTestId('recovery-code').isVisible(), true);
  // On paper it stands alone.
  await page.emulateMedia({ media: 'print' });
  assert.equal(await dialog.getByTestId('recovery-code').isVisible(), true);
  for (const part of ['#app', '.modal-scrim', '.modal .button']) assert.equal(await page.locator(part).first().isVisible(), false, part);
  await page.emulateMedia({ media: 'screen' });
  await dialog.getByRole('button', { name: 'Ich habe ihn aufgeschrieben' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Neuen Code erstellen' }).click();
  await dialog.getByLabel('Jetzige Passphrase oder Wiederherstellungscode').waitFor();
  assert.equal(await dialog.getByTestId('recovery-code').count(), 0);
  await quiet(page);
  await page.close();
});

test('the practice shop has nothing to keep secret', async () => {
  const page = await security({ scenario: 'practice' });
  await page.getByText('Der Übungsladen öffnet ohne Frage.', { exact: false }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Neuen Code erstellen' }).count(), 0);
  await page.close();
});
