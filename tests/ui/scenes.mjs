/** The views and states of the window: what the host is told, and what is done to get there. */
export const SCENES = [
  ['inbox', {}, async () => {}],
  ['conversation', {}, async (page) => page.getByRole('option').first().click()],
  ['route-menu', {}, async (page) => {
    await page.getByRole('option').first().click();
    await page.getByTestId('route-chip').click();
  }],
  ['formatted', {}, async (page) => page.getByRole('option').nth(1).click()],
  ['attachments', {}, async (page) => page.getByRole('option').nth(3).click()],
  ['failed', {}, async (page) => page.getByRole('option').nth(4).click()],
  ['search', {}, async (page) => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('rad');
  }],
  ['contacts', {}, async (page) => {
    await page.keyboard.press('Control+2');
    await page.getByRole('option').first().click();
  }],
  ['outbox', {}, async (page) => page.keyboard.press('Control+3')],
  ['accounts', { scenario: 'trouble' }, async (page) => page.keyboard.press('Control+4')],
  ['account-form', {}, async (page) => {
    await page.keyboard.press('Control+4');
    await page.locator('main .top button').click();
    await page.getByRole('main').getByRole('listitem').first().getByRole('button').click();
  }],
  ['appearance', {}, async (page) => {
    await page.keyboard.press('Control+4');
    await page.locator('.settings nav button').nth(2).click();
  }],
  ['health', {}, async (page) => {
    await page.keyboard.press('Control+4');
    await page.locator('.settings nav button').nth(4).click();
  }],
  ['offline', { scenario: 'offline' }, async (page) => page.getByRole('option').first().click()],
  ['empty', { scenario: 'empty' }, async () => {}],
  ['error', { fail: 'conversations,contacts' }, async () => {}],
  ['setup', { scenario: 'missing' }, async () => {}],
  ['recovery', { scenario: 'missing_keychain' }, async (page) => {
    await page.locator('[autocomplete=organization]').fill('Radhaus Nord');
    await page.locator('[type=submit]').click();
  }],
  ['locked', { scenario: 'locked' }, async () => {}],
  ['keychain', { scenario: 'keychain_locked' }, async () => {}],
  ['broken', { scenario: 'broken' }, async () => {}],
];
