/** The views and states of the window: what the host is told, and what is done to get there. */
import { open, row, settings, write } from './hand.mjs';
import { AUTOMATIC } from './scenes-automatic.mjs';
import { MORE } from './scenes-more.mjs';
import { CARD } from './scenes-card.mjs';
import { RULES } from './scenes-rules.mjs';
import { SAFETY } from './scenes-safety.mjs';

export const SCENES = [
  ['inbox', {}, async () => {}],
  ['inbox-hover', {}, async (page) => row(page, 'Mira Solbakken').hover()],
  ['inbox-picked', {}, async (page) => {
    await row(page, 'Anna Petersen').click({ modifiers: ['Control'] });
    await row(page, 'Familie').click({ modifiers: ['Shift'] });
  }],
  ['inbox-filtered', {}, async (page) => {
    await page.getByTestId('filter-menu').click();
    await page.getByRole('menuitemcheckbox').first().click();
  }],
  ['filter-menu', {}, async (page) => page.getByTestId('filter-menu').click()],
  ['conversation', {}, async (page) => open(page, 'Anna Petersen')],
  ['preview-picture', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await page.getByTestId('message').locator('.open', { hasText: 'schalthebel' }).click();
    await page.getByTestId('preview').locator('img').waitFor();
  }],
  ['preview-none', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await page.getByTestId('message').locator('.open', { hasText: 'Scan' }).click();
    await page.getByTestId('preview').getByRole('status').waitFor();
  }],
  ['preview-text', {}, async (page) => {
    await open(page, 'Familie');
    await page.getByTestId('message').locator('.open', { hasText: 'Angebot' }).click();
    await page.getByTestId('preview').locator('pre').waitFor();
  }],
  ['tooltip', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await page.locator('nav[aria-label] button').nth(1).hover();
    await page.locator('.tip').waitFor();
  }],
  ['inbox-compact', { rows: 'compact' }, async (page) => open(page, 'Anna Petersen')],
  ['conversation-menu', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await page.getByTestId('conversation-menu').click();
  }],
  ['snooze', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await page.locator('[data-snooze]').click();
  }],
  ['undo', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await page.getByRole('listbox').focus();
    await page.keyboard.press('e');
  }],
  ['join', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await page.getByTestId('conversation-menu').click();
    await page.getByRole('menuitem', { name: /zusammen|Join|Réunir|Unisci/ }).click();
  }],
  ['note', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await page.getByRole('log').focus();
    await page.keyboard.press('n');
  }],
  ['route-menu', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await write(page, 'Ja, gern!');
    await page.getByTestId('route-chip').click();
  }],
  ['composer-sms', {}, async (page) => {
    await open(page, 'Anna Petersen');
    await write(page, 'Guten Tag Frau Petersen, der Bremszug ist da und montiert. Kommen Sie gern heute um 17 Uhr vorbei, wir sehen uns dann auch den Schalthebel an. Bis später, Ihr Radhaus Nord');
  }],
  ['composer-mail', {}, async (page) => {
    await open(page, 'Familie');
    await write(page, 'Liebe Familie Brandstätter,\n\nvielen Dank für die Liste. Zwölf Laufräder haben wir bis nächste Woche da.');
    await page.locator('[data-testid=composer] .tools button').first().click();
  }],
  ['composer-formatted', { formatting: 'true' }, async (page) => {
    await open(page, 'Familie');
    await page.getByTestId('composer-open').click();
    await page.locator('[data-testid=composer] [role=toolbar]').waitFor();
    await page.getByTestId('composer-body').focus();
    await page.keyboard.type('Liebe Familie Brandstätter,');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+b');
    await page.keyboard.type('zwölf Laufräder:');
    await page.keyboard.press('Control+b');
    await page.keyboard.press('Enter');
    await page.locator('[role=toolbar] button').nth(3).click();
    await page.keyboard.type('rot');
    await page.keyboard.press('Enter');
    await page.keyboard.type('blau');
  }],
  ['composer-slash', {}, async (page) => {
    await open(page, 'Familie');
    await write(page, '');
    await page.getByTestId('composer-body').pressSequentially('/');
    await page.getByTestId('reply-menu').waitFor();
  }],
  ['composer-gap', {}, async (page) => {
    await open(page, 'Familie');
    await write(page, '');
    await page.getByTestId('composer-body').pressSequentially('/lief');
    await page.getByTestId('reply-menu').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
  }],
  ['send-menu', {}, async (page) => {
    await open(page, 'Familie');
    await write(page, 'Gern!');
    await page.locator('.send-more:not([disabled])').click();
  }],
  ['undo-send', { undo: '30' }, async (page) => {
    await open(page, 'Familie');
    await write(page, 'Vielen Dank, wir melden uns morgen.');
    await page.getByTestId('composer-send').click();
    await page.getByTestId('undo-send').waitFor();
  }],
  ['new-message', {}, async (page) => {
    await page.getByRole('listbox').focus();
    await page.keyboard.press('c');
    await page.getByRole('combobox').first().fill('lena');
  }],
  ['formatted', {}, async (page) => open(page, 'Jonas Weidmann')],
  ['attachments', {}, async (page) => open(page, 'Familie')],
  ['failed', {}, async (page) => open(page, 'Tobias')],
  ['search', {}, async (page) => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('rad');
  }],
  ['search-narrowed', {}, async (page) => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('rad in:offen in:nirgends kanal:E-Mail ');
    await page.locator('[data-chip="channel"]').waitFor();
  }],
  ['search-none', {}, async (page) => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('gibtesnicht');
  }],
  ['palette', {}, async (page) => page.keyboard.press('Control+k')],
  ['palette-found', {}, async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('an');
  }],
  ['shortcuts', {}, async (page) => {
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Shift+?');
  }],
  ['contacts', {}, async (page) => {
    await page.keyboard.press('Control+2');
    await page.getByRole('option').first().click();
  }],
  ['outbox', {}, async (page) => page.keyboard.press('Control+3')],
  ['outbox-waiting', { undo: '120' }, async (page) => {
    await open(page, 'Jonas Weidmann');
    await write(page, 'Die Rechnung kommt am Montag.');
    await page.locator('.send-more').click();
    await page.getByRole('menuitem').nth(-2).click();
    await write(page, 'Noch etwas.');
    await page.getByTestId('composer-send').click();
    await page.keyboard.press('Control+3');
    await page.getByTestId('outbox-row').nth(1).waitFor();
  }],
  ['drop', {}, async (page) => {
    await open(page, 'Jonas Weidmann');
    await page.getByTestId('composer-open').waitFor();
    await page.getByRole('log').evaluate((log) => {
      const { x, y } = log.getBoundingClientRect();
      log.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, clientX: x + 50, clientY: y + 50 }));
    });
    await page.getByTestId('drop-here').waitFor();
  }],
  ['replies', {}, async (page) => {
    await page.keyboard.press('Control+4');
    await page.getByTestId('reply-row').first().click();
  }],
  ['accounts', { scenario: 'trouble' }, settings('accounts')],
  ['account-form', {}, async (page) => {
    await settings('accounts')(page);
    await page.locator('main .top button').click();
    await page.getByRole('main').getByRole('listitem').first().getByRole('button').click();
  }],
  ...['shop', 'hours', 'sending', 'notifications', 'privacy', 'security', 'backup', 'appearance', 'shortcuts', 'health', 'about'].map((page) => [`settings-${page}`, {}, settings(page)]),
  ['practice', { scenario: 'practice' }, async (page) => {
    await open(page, 'Anna Petersen');
    await page.getByTestId('practice').getByRole('button').click();
  }],
  ['syncing', { scenario: 'syncing' }, async () => {}],
  ['offline', { scenario: 'offline' }, async (page) => {
    await open(page, 'Anna Petersen');
    await write(page, 'Ja, gern!');
  }],
  ['empty', { scenario: 'empty' }, async () => {}],
  ['error', { fail: 'conversationList,contacts' }, async () => {}],
  ['setup', { scenario: 'missing' }, async () => {}],
  ['recovery', { scenario: 'missing_keychain' }, async (page) => {
    await page.locator('[autocomplete=organization]').fill('Radhaus Nord');
    await page.locator('[type=submit]').click();
  }],
  ['locked', { scenario: 'locked' }, async () => {}],
  ['keychain', { scenario: 'keychain_locked' }, async () => {}],
  ['broken', { scenario: 'broken' }, async () => {}],
  ...MORE,
  ...CARD,
  ...RULES,
  ...SAFETY,
  ...AUTOMATIC,
];
