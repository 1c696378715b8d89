/** Scenes of the pages that keep the shop's messages safe and private. */
import { settings } from './hand.mjs';

export const SAFETY = [
  ['security-passphrase', { scenario: 'passphrase' }, settings('security')],
  ['security-no-keychain', { scenario: 'no_keychain' }, settings('security')],
  ['security-practice', { scenario: 'practice' }, settings('security')],
  ['security-new-code', { scenario: 'passphrase' }, async (page) => {
    await settings('security')(page);
    await page.locator('[data-setting=recovery_code] button').click();
    await page.getByRole('dialog').locator('input').fill('offen sesam');
    await page.keyboard.press('Enter');
    await page.getByTestId('recovery-code').waitFor();
  }],
  ['backup-restore', {}, async (page) => {
    await settings('backup')(page);
    await page.getByTestId('backups').locator('button').nth(1).click();
    await page.getByRole('dialog').waitFor();
  }],
  ['backup-restoring', { scenario: 'slow_restore' }, async (page) => {
    await settings('backup')(page);
    await page.getByTestId('backups').locator('button').nth(1).click();
    await page.getByRole('dialog').locator('[type=submit]').click();
    await page.getByRole('dialog').locator('.busy').waitFor();
  }],
  ['backup-foreign', { scenario: 'anderer-laden' }, async (page) => {
    await settings('backup')(page);
    await page.locator('[data-setting=backup_restore] button').click();
    await page.getByRole('dialog').locator('input').fill('falsch');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('alert').waitFor();
  }],
  ['backup-kept', { scenario: 'kept' }, async (page) => {
    await settings('backup')(page);
    await page.getByTestId('kept').waitFor();
  }],
  ['security-pin', { scenario: 'pin' }, settings('security')],
  ['window-locked', { scenario: 'locked_window' }, async (page) => page.getByTestId('lock').waitFor()],
  ['window-locked-wrong', { scenario: 'locked_window' }, async (page) => {
    await page.getByTestId('lock').locator('input').fill('0000');
    await page.keyboard.press('Enter');
    await page.getByTestId('lock').getByRole('alert').waitFor();
  }],
  ['privacy-keep', {}, async (page) => {
    await settings('privacy')(page);
    await page.locator('[data-setting=keep_years] select').selectOption('3');
    await page.getByTestId('keep-preview').waitFor();
  }],
  ['contacts-import', {}, async (page) => {
    await page.keyboard.press('Control+2');
    await page.getByTestId('lists-menu').click();
    await page.getByRole('menuitem').first().click();
    await page.getByTestId('import-lines').waitFor();
  }],
  ['contacts-import-broken', { scenario: 'broken_list' }, async (page) => {
    await page.keyboard.press('Control+2');
    await page.getByTestId('lists-menu').click();
    await page.getByRole('menuitem').first().click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
  }],
  ['customer-menu', {}, async (page) => {
    await page.keyboard.press('Control+2');
    await page.getByTestId('contact-row').first().click();
    await page.getByTestId('protect-menu').click();
  }],
  ['customer-erase', {}, async (page) => {
    await page.keyboard.press('Control+2');
    await page.getByTestId('contact-row').first().click();
    await page.getByTestId('protect-menu').click();
    await page.getByRole('menuitem').last().click();
    await page.getByTestId('erase').waitFor();
  }],
  ['diagnostics', {}, async (page) => {
    await settings('about')(page);
    await page.locator('[data-setting=diagnostics] button').first().click();
    await page.locator('pre').waitFor();
  }],
];
