/** The customer's card, what was granted and promised, calls that are noted, and the fields of the shop's own. */
import { open, settings } from './hand.mjs';

/** The card of a conversation; in a window without room for it, its drawer. */
const card = (name) => async (page) => {
  await open(page, name);
  if (page.viewportSize().width < 1180) await page.locator('header .actions button').last().click();
  await page.locator('[data-section=known]').waitFor();
};
const anna = card('Anna Petersen');

/** Opens every section of the card. */
async function unfolded(page) {
  await anna(page);
  for (const section of await page.locator('[data-section] h3 button[aria-expanded=false]').all()) await section.click();
  await page.locator('[data-section=consents] li').first().waitFor();
}

/** The lists of what is to be done. */
const tasks = async (page) => {
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+6');
  await page.locator('main h1').waitFor();
};

async function spoken(page) {
  await anna(page);
  await page.keyboard.press('a');
  await page.getByTestId('spoken-text').waitFor();
}

const IN_SHOP = { scenario: 'card' };

export const CARD = [
  ['card-known', IN_SHOP, anna],
  ['card-unfolded', IN_SHOP, unfolded],
  ['card-page', IN_SHOP, async (page) => {
    await unfolded(page);
    await page.locator('h2 button', { hasText: 'Anna Petersen' }).click();
    await page.locator('main [data-section=known]').waitFor();
  }],
  ['card-forms', IN_SHOP, async (page) => {
    await unfolded(page);
    for (const section of ['tasks', 'goodwill', 'consents']) await page.locator(`[data-section=${section}] .start button`).click();
    await page.locator('[data-section=consents] form').waitFor();
  }],
  ['card-empty', {}, card('Jonas Weidmann')],
  ['spoken', IN_SHOP, spoken],
  ['tasks', IN_SHOP, async (page) => {
    await tasks(page);
    await page.getByTestId('task').first().waitFor();
  }],
  ['tasks-none', {}, async (page) => {
    await tasks(page);
    await page.locator('main .empty').waitFor();
  }],
  ['settings-card', IN_SHOP, async (page) => {
    await settings('card')(page);
    await page.getByTestId('field-row').first().waitFor();
  }],
  ['settings-card-none', {}, async (page) => {
    await settings('card')(page);
    await page.locator('main li').first().waitFor();
  }],
  ['field-edit', IN_SHOP, async (page) => {
    await settings('card')(page);
    await page.getByTestId('field-row').nth(1).getByRole('button').nth(2).click();
    await page.getByTestId('tag-row').last().getByRole('button').first().click();
    await page.locator('form textarea').waitFor();
  }],
];
