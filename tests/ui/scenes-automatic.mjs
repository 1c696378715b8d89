/** Scenes of what is done by itself: in the conversation, among the tasks, in the lists; and of what the shop knows. */
import { open, row, write } from './hand.mjs';

const SHOP = { scenario: 'automatic' };

const line = (page) => page.getByTestId('automatic');

const knowledge = async (page) => {
  await row(page, 'Lena Fischbach').waitFor();
  await page.keyboard.press('Control+4');
  await page.getByTestId('library-tabs').locator('button').nth(1).click();
};

export const automation = (tab) => async (page) => {
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+7');
  await page.getByRole('tab').nth(tab).click();
};

export const AUTOMATIC = [
  ['automatic-answered', SHOP, async (page) => {
    await open(page, 'Lena Fischbach');
    await line(page).waitFor();
  }],
  ['automatic-why', SHOP, async (page) => {
    await open(page, 'Lena Fischbach');
    await line(page).locator('[aria-expanded]').click();
    await page.getByTestId('decision-details').locator('summary').click();
  }],
  ['automatic-asked', SHOP, async (page) => {
    await open(page, 'Kemal');
    await page.getByTestId('decision-actions').waitFor();
  }],
  ['automatic-held', SHOP, async (page) => {
    await open(page, 'Sophie');
    await line(page).locator('[aria-expanded]').click();
    await page.getByTestId('decision-actions').locator('.wrong').click();
  }],
  ['automatic-tasks', SHOP, async (page) => {
    await row(page, 'Lena Fischbach').waitFor();
    await page.keyboard.press('Control+6');
    await page.getByTestId('decision-actions').waitFor();
  }],
  ['knowledge', SHOP, async (page) => {
    await knowledge(page);
    await page.getByTestId('article-row').first().click();
  }],
  ['knowledge-expired', SHOP, async (page) => {
    await knowledge(page);
    await page.getByTestId('article-row').last().click();
  }],
  ['knowledge-none', {}, async (page) => {
    await page.getByTestId('conversation-row').first().waitFor();
    await page.keyboard.press('Control+4');
    await page.getByTestId('library-tabs').locator('button').nth(1).click();
  }],
  ['knowledge-slash', SHOP, async (page) => {
    await open(page, 'Ivo');
    await write(page, '');
    await page.keyboard.type('/');
    await page.getByTestId('reply-menu').getByRole('option').last().waitFor();
  }],
  ['reply-editor-knowledge', SHOP, async (page) => {
    await row(page, 'Lena Fischbach').waitFor();
    await page.keyboard.press('Control+4');
    await page.getByTestId('reply-row').first().click();
  }],
  ['decisions', SHOP, automation(1)],
  ['decisions-open', SHOP, async (page) => {
    await automation(1)(page);
    await page.getByTestId('decision-row').nth(3).click();
  }],
  ['decisions-none', {}, automation(1)],
  ['proposals', SHOP, async (page) => {
    await automation(2)(page);
    await page.getByTestId('proposal').first().locator('summary').click();
  }],
  ['proposals-none', {}, automation(2)],
];
