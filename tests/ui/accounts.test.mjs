/** Accounts while they are used: the first sync that is watched and paused, a password that is mended, an account that rests. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, settings } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const accounts = settings('accounts');
const card = (page, name) => page.locator('li.account').filter({ hasText: name });
const fetched = (page, count) => page.evaluate((detail) => dispatchEvent(new CustomEvent('fake:fetched', { detail })), count);

test('the first sync says how much is here and how far the search reaches, is paused by keyboard, and ends quietly', async () => {
  const page = await browser.open({ scenario: 'syncing' });
  const sync = page.getByTestId('sync');
  await sync.getByText(/12\.400 von 20\.000 geladen · Suche bereit bis \p{L}+/u).waitFor();
  await sync.getByText('noch etwa 4 Minuten').waitFor();
  await fetched(page, 600);
  await sync.getByText('13.000 von 20.000 geladen').waitFor();
  await sync.getByRole('button', { name: 'Laden pausieren' }).focus();
  await page.keyboard.press('Enter');
  await sync.getByText('Laden pausiert').waitFor();
  await fetched(page, 600);
  await accounts(page);
  const line = card(page, 'laden@radhaus-nord.example').getByTestId('fetching');
  await line.getByText('13.000 von 20.000 geladen').waitFor();
  assert.equal(await line.getByRole('progressbar').getAttribute('value'), '13000');
  await line.getByRole('button', { name: 'Weiter laden' }).click();
  await line.getByRole('button', { name: 'Laden pausieren' }).waitFor();
  await fetched(page, 7000);
  await line.waitFor({ state: 'detached' });
  await sync.waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('dialog').count(), 0);
  await quiet(page);
  await page.close();
});

test('a refused password is mended where the trouble stands', async () => {
  const page = await browser.open({ scenario: 'trouble' });
  await accounts(page);
  const mailbox = card(page, 'laden@radhaus-nord.example');
  await mailbox.getByText('Braucht Ihre Hilfe').waitFor();
  const field = mailbox.getByLabel('Kennwort neu eingeben');
  await field.fill('falsch');
  await page.keyboard.press('Enter');
  await mailbox.getByText('Benutzername oder Kennwort wurden abgelehnt.').waitFor();
  await field.fill('richtig');
  await mailbox.getByRole('button', { name: 'Prüfen und speichern' }).click();
  await page.getByText('„laden@radhaus-nord.example“ funktioniert wieder').waitFor();
  await mailbox.getByText('In Ordnung').waitFor();
  await quiet(page);
  await page.close();
});

test('wrong connection settings lead to the form, and a server that cannot be reached to another try', async () => {
  const page = await browser.open({ scenario: 'unsettled' });
  await accounts(page);
  await card(page, 'Ladenhandy').getByRole('button', { name: 'Jetzt versuchen' }).waitFor();
  await card(page, 'Ladenhandy').getByText(/nächster Versuch/).waitFor();
  await card(page, 'laden@radhaus-nord.example').getByRole('button', { name: 'Verbindung einstellen' }).click();
  await page.getByTestId('account-form').getByLabel('Server für Empfang (IMAP)').waitFor();
  await quiet(page);
  await page.close();
});

test('one account rests until its button is pressed', async () => {
  const page = await browser.open();
  await accounts(page);
  const phone = card(page, 'Ladenhandy');
  await phone.getByRole('button', { name: 'Pausieren' }).click();
  await phone.getByText('Pausiert', { exact: true }).waitFor();
  await phone.getByText('Von diesem Konto wird nichts abgeholt und nichts gesendet').waitFor();
  await card(page, 'Radhaus-Bot').getByText('In Ordnung').waitFor();
  await phone.getByRole('button', { name: 'Fortsetzen' }).click();
  await phone.getByText('In Ordnung').waitFor();
  await quiet(page);
  await page.close();
});

test('of two mailboxes one writes to new customers, and a person says which', async () => {
  const page = await browser.open({ scenario: 'two_mailboxes' });
  await accounts(page);
  const shop = card(page, 'laden@radhaus-nord.example');
  const workshop = card(page, 'werkstatt@radhaus-nord.example');
  await shop.getByText('schreibt neue Kunden an').waitFor();
  // Where there is nothing to choose nothing is said.
  assert.equal(await card(page, 'Ladenhandy').getByText('schreibt neue Kunden an').count(), 0);
  await workshop.getByRole('button', { name: 'Neue Kunden hierüber anschreiben' }).focus();
  await page.keyboard.press('Enter');
  await workshop.getByText('schreibt neue Kunden an').waitFor();
  await shop.getByRole('button', { name: 'Neue Kunden hierüber anschreiben' }).waitFor();
  await workshop.getByRole('button', { name: 'Pausieren' }).click();
  await shop.getByText('schreibt neue Kunden an').waitFor();
  await quiet(page);
  await page.close();
});

test('what a new password brought to light goes with the next try', async () => {
  const page = await browser.open({ scenario: 'trouble', fail: 'accountCheckSettings:unreachable,accountTryNow' });
  await settings('accounts')(page);
  const renew = page.getByTestId('renew');
  const trouble = page.getByRole('alert').filter({ has: renew });
  await trouble.getByText('Benutzername oder Kennwort wurden abgelehnt.').waitFor();
  await renew.locator('input').fill('neu');
  await page.keyboard.press('Enter');
  await trouble.getByText('Der Server ist nicht zu erreichen.').waitFor();
  await trouble.getByRole('button', { name: 'Jetzt versuchen' }).click();
  await trouble.getByText('Benutzername oder Kennwort wurden abgelehnt.').waitFor();
  await quiet(page);
  await page.close();
});

test('over a metered connection older messages wait, said by a pill, and are loaded all the same when a person wants it', async () => {
  const page = await browser.open({ scenario: 'metered' });
  const bar = page.getByTestId('status-bar');
  await bar.getByTestId('metered').getByText('Verbindung mit Datenlimit', { exact: true }).waitFor();
  await bar.getByText('wartet auf eine Verbindung ohne Datenlimit').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  await bar.getByRole('button', { name: 'Trotzdem laden' }).focus();
  await page.keyboard.press('Enter');
  await bar.getByRole('button', { name: 'Trotzdem laden' }).waitFor({ state: 'detached' });
  await bar.getByTestId('metered').getByText('Verbindung mit Datenlimit', { exact: true }).waitFor();
  await fetched(page, 600);
  await bar.getByText('13.000 von 20.000 geladen').waitFor();
  await quiet(page);
  await page.close();
});

test('in the line at the foot what is wrong is read whole, however much is being said beside it', async () => {
  for (const lang of ['de', 'fr', 'it']) {
    const page = await browser.open({ scenario: 'metered', lang }, { width: 1024, height: 640 });
    await page.getByTestId('metered').waitFor();
    const cut = () =>
      page.getByTestId('status-bar').evaluate((bar) =>
        [...bar.querySelectorAll('[data-testid=metered], .right > *')].filter((item) => item.scrollWidth > item.clientWidth + 1 || item.getBoundingClientRect().right > innerWidth).map((item) => item.textContent),
      );
    assert.ok((await page.getByTestId('status-bar').locator('.right > *').count()) > 1);
    await becomes(cut, [], lang);
    await page.close();
  }
});
