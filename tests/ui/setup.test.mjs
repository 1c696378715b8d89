/** Before the inbox: set-up with the recovery code, unlocking, and a profile that cannot be opened; then the first account. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, matches, settings } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

/** A mailbox whose servers are not in the table. */
async function fillMailbox(form, password) {
  await form.getByLabel('Name', { exact: true }).fill('Laden');
  await form.getByLabel('E-Mail-Adresse').fill('laden@radhaus-nord.example');
  await form.getByLabel('Kennwort').fill(password);
  await form.getByLabel('Server für Empfang (IMAP)').fill('imap.posthaus.example');
  await form.getByLabel('Server für Versand (SMTP)').fill('smtp.posthaus.example');
}

test('set-up without a keychain asks for a passphrase twice, shows the code once, and leads to the first account', async () => {
  const page = await browser.open({ scenario: 'missing' });
  await page.getByLabel('Wie heißt Ihr Geschäft?').fill('Radhaus Nord');
  await page.getByText('Schritt 1 von 4').waitFor();
  // What is usual in the country, in one line; who is open otherwise unfolds it.
  const hours = page.getByTestId('setup-hours');
  await matches(() => hours.innerText(), /^Mo–Fr\u00a009:00\s?–\u2060\s?18:00\u00a0Uhr; Sa\u00a009:00\s?–\u2060\s?14:00\u00a0Uhr$/);
  await page.getByLabel('In welchem Land?').selectOption('FR');
  await matches(() => hours.innerText(), /^Mo–Sa\u00a009:00\s?–\u2060\s?12:30\u00a0Uhr, 14:00\s?–\u2060\s?19:00\u00a0Uhr$/);
  await page.getByLabel('In welchem Land?').selectOption('DE');
  const state = page.getByLabel(/^Bundesland oder Kanton/);
  await state.selectOption('DE-BY');
  await page.getByRole('button', { name: 'Ändern' }).click();
  await becomes(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Montag: öffnet um');
  await page.getByLabel('Samstag: schließt um').fill('13');
  await page.getByRole('button', { name: 'Mittwoch, 09:00: Zeit entfernen' }).click();
  await becomes(() => page.getByLabel('Samstag: schließt um').inputValue(), '13:00');
  await page.getByLabel('Passphrase', { exact: true }).fill('offen sesam');
  await page.getByLabel('Passphrase wiederholen').fill('offen sesamm');
  await page.getByRole('button', { name: 'Einrichten' }).click();
  await page.getByText('Die beiden Eingaben sind verschieden.').waitFor();
  await page.getByLabel('Passphrase wiederholen').fill('offen sesam');
  await page.getByRole('button', { name: 'Einrichten' }).click();
  const code = page.getByTestId('recovery-code');
  await code.waitFor();
  await matches(() => code.innerText(), /^[0-9A-Z-]{20,}$/);
  const on = page.getByRole('button', { name: 'Weiter' });
  await becomes(() => on.isDisabled(), true);
  await page.getByLabel('Ich habe den Code aufgeschrieben oder gedruckt.').check();
  await on.click();
  await page.getByRole('heading', { name: 'Ihr erstes Konto' }).waitFor();
  await becomes(() => page.getByTestId('recovery-code').count(), 0);
  await page.getByRole('button', { name: /E-Mail \(IMAP und SMTP\)/ }).click();
  const form = page.getByTestId('account-form');
  await fillMailbox(form, 'richtig');
  await form.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('heading', { name: 'Was soll geladen werden?' }).waitFor();
  await page.getByText('Schritt 4 von 4').waitFor();
  await becomes(() => page.getByRole('radio', { name: /Das letzte Jahr/ }).isChecked(), true);
  await page.getByRole('radio', { name: 'Alles' }).check();
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByRole('heading', { name: 'Posteingang' }).waitFor();
  // What was chosen is the account's own setting, and can be raised there.
  await page.keyboard.press('Control+5');
  await page.locator('[data-page=accounts]').click();
  await page.getByRole('button', { name: 'Bearbeiten' }).click();
  assert.equal(await page.getByLabel('Ältere Nachrichten').inputValue(), 'everything');
  // And so are the opening hours.
  await page.locator('[data-page=hours]').click();
  await becomes(() => page.getByLabel('Samstag: schließt um').inputValue(), '13:00');
  assert.equal(await page.getByLabel('Mittwoch: öffnet um').count(), 0);
  await quiet(page);
  await page.close();
});

test('where the span cannot be kept there is a way on', async () => {
  const page = await browser.open({ scenario: 'missing_keychain', fail: 'accountUpdate' });
  await page.getByLabel('Wie heißt Ihr Geschäft?').fill('Radhaus Nord');
  await page.getByRole('button', { name: 'Einrichten' }).click();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByRole('button', { name: /E-Mail \(IMAP und SMTP\)/ }).click();
  const form = page.getByTestId('account-form');
  await fillMailbox(form, 'richtig');
  await form.getByRole('button', { name: 'Speichern' }).click();
  const fetch = page.getByTestId('setup-fetch');
  await fetch.getByRole('radio', { name: 'Alles' }).check();
  await fetch.getByRole('button', { name: 'Weiter' }).click();
  await fetch.getByText('Etwas ist schiefgegangen.').waitFor();
  await fetch.getByRole('button', { name: 'Später' }).click();
  await page.getByRole('heading', { name: 'Posteingang' }).waitFor();
  await quiet(page);
  await page.close();
});

test('with a keychain no passphrase is asked for', async () => {
  const page = await browser.open({ scenario: 'missing_keychain' });
  await page.getByTestId('setup-form').waitFor();
  assert.equal(await page.locator('input[type=password]').count(), 0);
  await page.close();
});

test('a keychain that is locked at set-up can be replaced by a passphrase', async () => {
  const page = await browser.open({ scenario: 'missing_locked' });
  await page.getByLabel('Wie heißt Ihr Geschäft?').fill('Radhaus Nord');
  await page.getByRole('button', { name: 'Einrichten' }).click();
  await page.getByText('Der Schlüsselbund Ihres Computers ist gesperrt.').waitFor();
  await page.getByRole('button', { name: 'Stattdessen eine Passphrase verwenden' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill('offen sesam');
  await page.getByLabel('Passphrase wiederholen').fill('offen sesam');
  await page.getByRole('button', { name: 'Einrichten' }).click();
  await page.getByTestId('recovery-code').waitFor();
  await quiet(page);
  await page.close();
});

test('the language of the first screen stays', async () => {
  const page = await browser.open({ scenario: 'missing_keychain' });
  await page.getByLabel('Sprache').selectOption('en');
  await page.getByLabel('What is your shop called?').fill('Corner Bikes');
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByLabel('I have written the code down or printed it.').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  await page.close();
});

test('a locked profile opens with the passphrase, or with the recovery code', async () => {
  for (const [way, wrong, right] of [['Passphrase', 'falsch', 'offen sesam'], ['Wiederherstellungscode', 'AAAA', 'K7QF-2M9D-XW4T-8HRB-J3NC-6VPE-0Y']]) {
    const page = await browser.open({ scenario: 'locked' });
    await page.getByRole('radio', { name: way }).check();
    const field = page.getByLabel(way, { exact: true }).last();
    await field.fill(wrong);
    await page.getByRole('button', { name: 'Öffnen' }).click();
    await page.getByText('Das passt nicht.').waitFor();
    await field.fill(right);
    await page.getByRole('button', { name: 'Öffnen' }).click();
    await page.getByRole('heading', { name: 'Posteingang' }).waitFor();
    await quiet(page);
    await page.close();
  }
});

test('a locked keychain is asked again', async () => {
  const page = await browser.open({ scenario: 'keychain_locked' });
  const again = page.getByRole('button', { name: 'Noch einmal versuchen' });
  await again.click();
  await page.getByText('Der Schlüsselbund Ihres Computers ist gesperrt.').waitFor();
  await again.click();
  await page.getByRole('heading', { name: 'Posteingang' }).waitFor();
  await page.close();
});

test('a profile that cannot be opened says what happened and what to do', async () => {
  const page = await browser.open({ scenario: 'broken' });
  await page.getByText('Ihre Nachrichten wurden mit einer neueren Version von Theke geschrieben.').waitFor();
  await page.getByText('Installieren Sie die neue Version auf diesem Computer.').waitFor();
  await page.close();
});

test('an account: form from its fields, test, plain errors, saved', async () => {
  const page = await browser.open({ scenario: 'no_accounts' });
  await page.getByRole('button', { name: 'Konto hinzufügen' }).click();
  await page.getByRole('button', { name: /E-Mail \(IMAP und SMTP\)/ }).click();
  const form = page.getByTestId('account-form');
  await fillMailbox(form, 'falsch');
  await becomes(() => form.getByLabel('Port für Empfang').inputValue(), '993');
  await becomes(() => form.getByLabel('Kennwort').getAttribute('type'), 'password');
  await form.getByRole('button', { name: 'Prüfen' }).click();
  await form.getByText('Benutzername oder Kennwort wurden abgelehnt.').waitFor();
  await form.getByLabel('Server für Empfang (IMAP)').fill('nirgendwo.example');
  await form.getByLabel('Kennwort').fill('richtig');
  await form.getByRole('button', { name: 'Speichern' }).click();
  await form.getByText('Der Server ist nicht zu erreichen.').waitFor();
  await form.getByLabel('Server für Empfang (IMAP)').fill('imap.posthaus.example');
  await form.getByRole('button', { name: 'Prüfen' }).click();
  await form.getByText('Es funktioniert.').waitFor();
  await form.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('heading', { name: 'Laden', level: 3 }).waitFor();
  await page.getByText('In Ordnung').waitFor();
  await page.getByRole('button', { name: 'Bearbeiten' }).click();
  await becomes(() => page.getByLabel('Kennwort').inputValue(), '');
  await becomes(() => page.getByLabel('Kennwort').getAttribute('placeholder'), 'Unverändert');
  await page.getByRole('button', { name: 'Prüfen' }).click();
  await page.getByText('Es funktioniert.').waitFor();
  await page.getByLabel('Server für Empfang (IMAP)').fill('imap2.posthaus.example');
  await page.getByRole('button', { name: 'Prüfen' }).click();
  await page.getByText('auch das Kennwort noch einmal ein').waitFor();
  await quiet(page);
  await page.close();
});

test('an account in trouble says what is wrong, is tried again and removed', async () => {
  const page = await browser.open({ scenario: 'trouble' });
  await page.getByRole('button', { name: /Konto „laden@radhaus-nord.example“ braucht Ihre Hilfe/ }).click();
  await page.getByText('Manche Anbieter verlangen ein eigenes App-Kennwort.').waitFor();
  await page.getByRole('button', { name: 'Jetzt versuchen' }).first().click();
  await page.getByText('Benutzername oder Kennwort wurden abgelehnt.').waitFor({ state: 'detached' });
  await page.getByText(/kamen vielleicht Nachrichten, die der Anbieter nicht mehr herausgibt/).waitFor();
  await page.getByRole('button', { name: 'Ich habe nachgesehen' }).click();
  await page.getByRole('button', { name: 'Ich habe nachgesehen' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Entfernen' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Entfernen' }).click();
  await page.getByText('„laden@radhaus-nord.example“ entfernt').waitFor();
  await becomes(() => page.getByRole('heading', { level: 3 }).count(), 2);
  await quiet(page);
  await page.close();
});

test('a mailbox by address and password: the servers are found, and nobody is asked before the person agrees', async () => {
  const page = await browser.open({ scenario: 'no_accounts' });
  await page.getByRole('button', { name: 'Konto hinzufügen' }).click();
  await page.getByRole('button', { name: /E-Mail \(IMAP und SMTP\)/ }).click();
  const form = page.getByTestId('account-form');
  await form.getByLabel('Name', { exact: true }).fill('Laden');
  await form.getByLabel('E-Mail-Adresse').fill('laden@radhaus-nord.example');
  // Found while the field still has the focus.
  await form.getByText('Zu dieser Adresse kennt Theke keine Server.').waitFor();
  await form.getByRole('button', { name: 'Nachfragen' }).click();
  await form.getByText('Posthaus: Server gefunden').waitFor();
  await form.getByText('Dieser Anbieter verlangt ein eigenes Kennwort für Programme.').waitFor();
  await becomes(() => form.getByLabel('Server für Empfang (IMAP)').inputValue(), 'imap.posthaus.example');
  await form.getByLabel('Kennwort').fill('richtig');
  await form.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('heading', { name: 'Laden', level: 3 }).waitFor();
  await quiet(page);
  await page.close();
});

test('from the first start to the inbox it takes at most six inputs', async () => {
  const page = await browser.open({ scenario: 'missing_keychain' });
  let inputs = 0;
  const fill = async (field, text) => {
    inputs += 1;
    await field.fill(text);
  };
  await fill(page.getByLabel('Wie heißt Ihr Geschäft?'), 'Radhaus Nord');
  await page.getByRole('button', { name: 'Einrichten' }).click();
  inputs += 1;
  await page.getByLabel('Ich habe den Code aufgeschrieben oder gedruckt.').check();
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByRole('button', { name: /E-Mail \(IMAP und SMTP\)/ }).click();
  const form = page.getByTestId('account-form');
  await fill(form.getByLabel('Name', { exact: true }), 'Laden');
  await fill(form.getByLabel('E-Mail-Adresse'), 'laden@posthaus.example');
  // A keeper of passwords knows both fields.
  const keeps = (name) => form.getByLabel(name).getAttribute('autocomplete');
  assert.deepEqual([await keeps('E-Mail-Adresse'), await keeps('Kennwort')], ['username', 'current-password']);
  await fill(form.getByLabel('Kennwort'), 'richtig');
  await form.getByText('Posthaus: Server gefunden').waitFor();
  await form.getByRole('button', { name: 'Speichern' }).click();
  // A sensible span is chosen already.
  await page.getByTestId('setup-fetch').getByRole('button', { name: 'Weiter' }).click();
  await page.getByRole('heading', { name: 'Posteingang' }).waitFor();
  assert.ok(inputs <= 6, `${inputs} inputs`);
  await page.close();
});

test('the practice shop is one click away: before a shop is set up, from the palette, and from About', async () => {
  let page = await browser.open({ scenario: 'missing_keychain' });
  await page.getByRole('button', { name: 'Erst im Übungsladen ausprobieren' }).click();
  await page.getByText('Der Übungsladen öffnet sich in einem eigenen Fenster.').waitFor();
  await page.close();

  page = await browser.open({ scenario: 'missing_keychain', fail: 'practiceOpen' });
  await page.getByRole('button', { name: 'Erst im Übungsladen ausprobieren' }).click();
  await page.getByRole('alert').first().waitFor();
  assert.equal(await page.getByText('Der Übungsladen öffnet sich in einem eigenen Fenster.').count(), 0);
  await page.close();

  page = await browser.open();
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette').getByRole('combobox').fill('ausprobieren');
  await page.getByTestId('palette').getByRole('option', { name: 'Übungsladen öffnen' }).click();
  await page.getByText('Der Übungsladen öffnet sich in einem eigenen Fenster.').waitFor();
  await settings('about')(page);
  await page.getByRole('button', { name: 'Übungsladen öffnen' }).waitFor();
  await quiet(page);
  await page.close();

  // From within it there is nothing to open.
  page = await browser.open({ scenario: 'practice' });
  await settings('about')(page);
  await page.getByText('Technischer Bericht').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Übungsladen öffnen' }).count(), 0);
  await page.close();
});

for (const wanted of [true, false]) {
  test(`the start with the computer is offered at the end of set-up, and ${wanted ? 'taken' : 'stays off'}`, async () => {
    const page = await browser.open({ scenario: 'missing_keychain' });
    await page.getByLabel('Wie heißt Ihr Geschäft?').fill('Radhaus Nord');
    await page.getByRole('button', { name: 'Einrichten' }).click();
    await page.getByLabel('Ich habe den Code aufgeschrieben oder gedruckt.').check();
    await page.getByRole('button', { name: 'Weiter' }).click();
    await page.getByRole('button', { name: /E-Mail \(IMAP und SMTP\)/ }).click();
    await fillMailbox(page.getByTestId('account-form'), 'richtig');
    await page.getByTestId('account-form').getByRole('button', { name: 'Speichern' }).click();
    const offer = page.getByTestId('setup-fetch').getByLabel('Mit dem Computer starten');
    await becomes(() => offer.isChecked(), false);
    // What suits most is chosen by the engine.
    await becomes(() => page.getByLabel('Das letzte Jahr').isChecked(), true);
    if (wanted) await offer.check();
    await page.getByTestId('setup-fetch').getByRole('button', { name: 'Weiter' }).click();
    await page.getByRole('heading', { name: 'Posteingang' }).waitFor();
    await page.keyboard.press('Control+5');
    await page.locator('[data-page=notifications]').click();
    await becomes(() => page.getByRole('switch', { name: 'Mit dem Computer starten' }).isChecked(), wanted);
    await quiet(page);
    await page.close();
  });
}
