/** Further states: sends that hang, places of the list, dialogs, small and large windows, many rows and one. */
import { open, row, settings, write } from './hand.mjs';

/** The menu of the first message. */
async function messageMenu(page) {
  await open(page, 'Anna Petersen');
  await page.locator('.message-more').first().click();
  await page.getByRole('menuitem').first().waitFor();
}

async function details(page) {
  await messageMenu(page);
  await page.getByRole('menuitem').first().click();
  await page.locator('[data-testid=message] dl').first().waitFor();
}

const chip = (at, name) => async (page) => {
  await page.getByTestId('conversation-row').first().waitFor();
  await page.locator('.chips button').nth(at).click();
  await row(page, name).first().waitFor();
};

/** The card of a customer in the list of customers, which has room for it in every window. */
async function customer(page, name) {
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+2');
  await page.getByTestId('contact-row').filter({ hasText: name }).first().click();
}

/** A new message to an address, begun by the button in the list's header. */
async function compose(page) {
  await page.getByTestId('compose').click();
  await page.locator('[data-testid=new-message] input').first().fill('neu@kundin.example');
  await page.getByTestId('route-chip').waitFor();
  await page.getByTestId('composer-body').fill('Ihr Fahrrad ist fertig.');
}

/** The pairs that may be the same. */
async function doubles(page) {
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+2');
  await page.locator('.same button').click();
  await page.getByTestId('same-pair').first().waitFor();
}

export const MORE = [
  ['wish-question', {}, async (page) => {
    await open(page, 'Paul Nußbaum');
    await page.getByTestId('wish-question').waitFor();
  }],
  ['wish-line', {}, async (page) => {
    await open(page, 'Öğretmen');
    await page.getByTestId('wish').getByRole('button').waitFor();
    await write(page, 'Bis Mittwoch!');
    await page.getByTestId('route-chip').click();
  }],
  ['habit', {}, async (page) => {
    await customer(page, 'Clara Müller');
    await page.getByTestId('habit').waitFor();
  }],
  ['refusals', {}, async (page) => {
    await customer(page, 'Blumen Rosenthal');
    await page.getByTestId('refusals').waitFor();
  }],
  ['refused-chosen', {}, async (page) => {
    await open(page, 'Blumen Rosenthal');
    await write(page, 'Guten Tag');
    await page.getByTestId('route-chip').click();
    await page.getByRole('button', { name: 'SMS 0176' }).click();
    await page.getByText('Ladennummer').last().waitFor();
  }],
  ['same', { scenario: 'doubles' }, doubles],
  ['same-failed', { scenario: 'doubles', fail: 'contactMergePreview' }, async (page) => {
    await doubles(page);
    await page.getByTestId('same-pair').first().getByRole('button').nth(2).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
  }],
  ['merge', { scenario: 'doubles' }, async (page) => {
    await doubles(page);
    await page.getByTestId('same-pair').nth(1).getByRole('button').nth(2).click();
    await page.getByRole('dialog').locator('fieldset').first().waitFor();
  }],
  ['card-same', { scenario: 'doubles' }, async (page) => {
    await doubles(page);
    await page.getByTestId('same-pair').first().getByRole('button').first().click();
    await page.getByTestId('card-same').waitFor();
  }],
  ['emoji', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await write(page, 'Bis gleich ');
    await page.getByTestId('emoji').click();
    await page.getByRole('button', { name: '😊' }).waitFor();
  }],
  ['in-doubt', {}, async (page) => open(page, 'Blumen Rosenthal')],
  ['scheduled', {}, async (page) => {
    await open(page, 'Familie');
    await write(page, 'Die Laufräder kommen am Montag.');
    await page.locator('.send-more:not([disabled])').click();
    await page.getByRole('menuitem').nth(-2).click();
    await page.getByRole('status').getByRole('button').first().waitFor();
  }],
  ['list-waiting', {}, chip(1, 'Probefahrt')],
  ['list-snoozed', {}, chip(2, 'Reklamation')],
  ['list-closed', {}, chip(3, 'Inspektion')],
  ['list-spam', {}, async (page) => {
    await page.getByTestId('filter-menu').click();
    await page.getByRole('menuitemcheckbox', { name: /Spam|Indésirables/ }).click();
    await row(page, 'Gewinn-Zentrale').first().waitFor();
  }],
  ['moment', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await page.locator('[data-snooze]').click();
    await page.getByTestId('snooze-menu').getByRole('menuitem').last().click();
    await page.getByRole('dialog').waitFor();
  }],
  ['risky-file', {}, async (page) => {
    await open(page, 'Familie');
    await page.getByRole('button', { name: /^Farben\.exe/ }).first().click();
    await page.getByRole('dialog').waitFor();
  }],
  ['message-menu', {}, messageMenu],
  ['message-details', {}, details],
  ['source', {}, async (page) => {
    await details(page);
    await page.locator('[data-testid=message] .source button').first().click();
    await page.getByRole('dialog').waitFor();
  }],
  ['join-move', {}, async (page) => {
    await messageMenu(page);
    await page.getByRole('menuitem').last().click();
    await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  }],
  ['dark-mail', { theme: 'dark' }, async (page) => {
    await open(page, 'Jonas Weidmann');
    await page.locator('.frame button[aria-pressed]').click();
  }],
  ['accounts-syncing', { scenario: 'syncing' }, settings('accounts')],
  ['accounts-two', { scenario: 'two_mailboxes' }, settings('accounts')],
  ['metered', { scenario: 'metered' }, async () => {}],
  ['setup-fetch', { scenario: 'missing_keychain' }, async (page) => {
    await page.locator('[autocomplete=organization]').fill('Radhaus Nord');
    await page.locator('[type=submit]').click();
    await page.locator('[type=checkbox]').check();
    await page.locator('.go button').click();
    await page.locator('.choice button').first().click();
    const form = page.getByTestId('account-form');
    for (const [name, text] of [['name', 'Laden'], ['address', 'laden@posthaus.example'], ['password', 'richtig']]) await form.locator(`input[name=${name}]`).fill(text);
    await page.waitForFunction(() => document.querySelector('input[name=imap_host]')?.value);
    await form.locator('[type=submit]').click();
    await page.getByTestId('setup-fetch').waitFor();
  }],
  ['setup-hours', { scenario: 'missing_keychain' }, async (page) => {
    await page.getByTestId('setup-hours').locator('..').getByRole('button').click();
    await page.locator('.week').waitFor();
  }],
  ['holidays', {}, async (page) => {
    await settings('hours')(page);
    await page.locator('[data-setting=state] select').selectOption('DE-BY');
    await page.getByTestId('holidays').first().locator('select').nth(2).selectOption('own');
    await page.getByTestId('holidays').last().scrollIntoViewIfNeeded();
  }],
  ['seasons', {}, async (page) => {
    await settings('hours')(page);
    const form = page.getByTestId('season-form');
    await form.locator('input').nth(0).fill('1.5.2027');
    await form.locator('input').nth(1).fill('30.9.2027');
    await form.locator('[type=submit]').click();
    await page.getByTestId('seasons').locator('.week').waitFor();
    await form.scrollIntoViewIfNeeded();
  }],
  ['accounts-unsettled', { scenario: 'unsettled' }, settings('accounts')],
  ['account-paused', {}, async (page) => {
    await settings('accounts')(page);
    await page.locator('li.account').nth(1).getByRole('button').nth(2).click();
    await page.locator('li.account .rests').waitFor();
  }],
  ['account-remove', {}, async (page) => {
    await settings('accounts')(page);
    await page.locator('li.account').first().getByRole('button').last().click();
    await page.getByRole('dialog').waitFor();
  }],
  ['reply-new', {}, async (page) => {
    await page.keyboard.press('Control+4');
    await page.getByTestId('reply-row').first().waitFor();
    await page.locator('[data-pane=list] header button').first().click();
    await page.getByTestId('reply-editor').waitFor();
  }],
  ['new-message-written', {}, compose],
  ['new-message-kept', {}, async (page) => {
    await compose(page);
    await row(page, 'Jonas Weidmann').click();
    await page.getByRole('status').getByRole('button').first().waitFor();
    await page.getByTestId('compose').click();
    await page.locator('[data-testid=new-message] li').first().waitFor();
  }],
  ['new-message-contact', {}, async (page) => {
    await page.keyboard.press('Control+2');
    await page.getByTestId('contact-row').first().click();
    await page.locator('main .write button >> nth=0').click();
    await page.getByTestId('route-chip').waitFor();
  }],
  ['paused', { scenario: 'paused' }, async () => {}],
  ['loading', { hang: 'conversationList' }, async (page) => page.locator('.skeleton, [aria-busy=true]').first().waitFor()],
  ['loading-conversation', { hang: 'conversation' }, async (page) => {
    await row(page, 'Anna Petersen').click();
    await page.locator('section .skeleton, section [aria-busy=true]').first().waitFor();
  }],
  ['one-row', { people: '1' }, async () => {}],
  ['picked-many', { people: '1500' }, async (page) => {
    await page.getByTestId('conversation-row').first().waitFor();
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Control+a');
    await page.getByTestId('bulk-bar').waitFor();
  }],
  ['contacts-cut', { people: '600' }, async (page) => {
    await page.keyboard.press('Control+2');
    await page.getByTestId('contact-row').first().waitFor();
    await page.getByRole('listbox').focus();
    await page.keyboard.press('End');
    await page.locator('.cut').waitFor();
  }],
  ['disk-full', { fail: 'draftKeep:disk_full' }, async (page) => {
    await open(page, 'Familie');
    await write(page, 'Geht das noch?');
    await page.getByRole('alert').first().waitFor();
  }],
  // The folder of the profile, or the one that was chosen, is not to be written: the engine has one code for that and for a full disk.
  ['read-only', { fail: 'profileOpen:disk_full' }, async (page) => page.locator('.folder').waitFor()],
  ['read-only-setting', { fail: 'settingsSet:disk_full' }, async (page) => {
    await settings('sending')(page);
    await page.locator('[data-setting=undo_time] select').selectOption('30');
    await page.getByRole('alert').first().waitFor();
  }],
  ['folder-refused', { fail: 'backup:disk_full' }, async (page) => {
    await settings('backup')(page);
    await page.locator('[data-setting=backup_make] button').click();
    await page.getByRole('alert').first().waitFor();
    await page.locator('details').first().locator('summary').click();
  }],
  ['save-refused', { fail: 'attachmentSave:disk_full' }, async (page) => {
    await open(page, 'Familie');
    await page.getByTestId('message').getByRole('button', { name: /speichern|Save|Enregistrer|Salva/ }).first().click();
    await page.locator('.toast.problem').waitFor();
  }],
  ['rail-wide', {}, async (page) => {
    await page.getByTestId('conversation-row').first().waitFor();
    await page.locator('[data-pane=areas] [aria-expanded=false]').click();
    await page.locator('[data-pane=areas] .word').first().waitFor();
    await page.evaluate(() => localStorage.clear());
  }],
  ['text-150', { text: '150' }, async (page) => {
    await open(page, 'Anna Petersen');
    await page.evaluate(() => localStorage.clear());
  }],
  ['card-drawer', {}, async (page) => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await open(page, 'Anna Petersen');
    await page.locator('header .actions button').last().click();
    await page.locator('aside').waitFor();
  }],
  ['narrow', {}, async (page) => {
    await page.setViewportSize({ width: 640, height: 720 });
    await open(page, 'Anna Petersen');
  }],
  ['narrow-new-message', {}, async (page) => {
    await page.setViewportSize({ width: 640, height: 720 });
    await compose(page);
  }],
];
