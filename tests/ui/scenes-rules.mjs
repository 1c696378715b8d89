/** Scenes of automation: its switch, the rules, one that is put together, its rehearsal. */

export async function automation(page) {
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+7');
  await page.getByTestId('automation-switch').getByRole('switch').waitFor();
}

/** Opens a rule of the list in the editor. */
export const edit = (at) => async (page) => {
  await automation(page);
  await page.getByTestId('rule-row').nth(at).locator('.open').click();
  await page.getByTestId('rule-editor').waitFor();
};

/** The rehearsal of a rule of the list. */
export const rehearse = (at) => async (page) => {
  await automation(page);
  await page.getByTestId('rule-row').nth(at).locator('.icon-trigger').click();
  await page.getByRole('menuitem').nth(1).click();
  await page.getByTestId('rehearsal').waitFor();
};

export const RULES = [
  ['rules-list', {}, async (page) => {
    await automation(page);
    await page.getByTestId('automation-switch').getByRole('switch').click();
    await page.getByTestId('automation-item').waitFor();
  }],
  ['packs-choose', { scenario: 'no_rules' }, async (page) => {
    await automation(page);
    await page.getByTestId('packs-choose').click();
    await page.getByTestId('pack').locator('summary').last().click();
  }],
  ['rules-none', { scenario: 'no_rules' }, automation],
  ['rules-limit', { scenario: 'caps' }, automation],
  ['rules-menu', {}, async (page) => {
    await automation(page);
    await page.getByTestId('rule-row').first().locator('.icon-trigger').click();
  }],
  ['rules-editor', {}, edit(0)],
  ['rules-dialogue', {}, async (page) => {
    await edit(1)(page);
    await page.getByTestId('dialogue').scrollIntoViewIfNeeded();
  }],
  ['rules-dialogue-choice', {}, async (page) => {
    await edit(1)(page);
    await page.getByTestId('dialogue').locator('select').first().selectOption('choice');
    await page.getByTestId('dialogue').scrollIntoViewIfNeeded();
  }],
  ['rules-problems', {}, async (page) => {
    await automation(page);
    await page.locator('.page .head button').last().click();
    await page.locator('.add-part').first().click();
    await page.getByRole('menuitem').first().click();
    await page.locator('[data-place="if.all.1"]').waitFor();
    await page.getByTestId('rule-editor').locator('[type=submit]').click();
    await page.locator('[data-problem]').first().waitFor();
  }],
  ['rules-conditions', {}, async (page) => {
    await automation(page);
    await page.locator('.page .head button').last().click();
    for (let at = 0; at < 12; at += 1) {
      await page.locator('.add-part').first().focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem').nth(at).click();
      await page.locator(`[data-place="if.all.${at + 1}"]`).waitFor();
    }
  }],
  ['rules-rehearsing', { scenario: 'rehearsing' }, async (page) => {
    await rehearse(0)(page);
    await page.evaluate(() => dispatchEvent(new CustomEvent('fake:step')));
    await page.getByTestId('rehearsed').first().waitFor();
  }],
  ['rules-rehearsal', {}, async (page) => {
    await rehearse(0)(page);
    await page.getByTestId('rehearsal').locator('.on button:not([disabled])').waitFor();
  }],
  ['rules-difference', {}, async (page) => {
    await edit(0)(page);
    await page.locator('[data-place="if.all.1"] input').first().fill('Rechnung');
    await page.keyboard.press('Enter');
    await page.locator('.actions button').first().click();
    await page.getByTestId('rehearsal').locator('.filter').waitFor();
  }],
];
