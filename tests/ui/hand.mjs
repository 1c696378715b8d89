/** What scenes do again and again: open a conversation, write, go to a page of the settings. */

export const row = (page, name) => page.getByTestId('conversation-row').filter({ hasText: name });

/** Opens the conversation with this customer and waits for the answer's route. */
export async function open(page, name) {
  await row(page, name).first().click();
  await page.getByTestId('message').first().waitFor();
}

/** The field of the answer, opened. */
export async function write(page, text) {
  await page.getByTestId('composer-open').or(page.getByTestId('composer-body')).first().click();
  await page.getByTestId('composer-body').fill(text);
}

export const settings = (name) => async (page) => {
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+5');
  await page.locator(`[data-page=${name}]`).click();
};

/** Answers ten of twelve waiting conversations and is done with each, by two keys beside the text. */
export async function answerTen(page) {
  for (let turn = 1; turn <= 10; turn += 1) {
    await page.waitForFunction((at) => document.querySelector('[data-testid=message]')?.textContent.includes(`Nachricht Nummer ${at}:`), turn - 1);
    await page.waitForFunction(() => document.querySelector('[data-testid=composer]')?.textContent.includes('Antwort per'));
    await page.keyboard.press('r');
    await page.keyboard.type(`Antwort ${turn}`);
    await page.waitForFunction(() => document.querySelector('[data-testid=composer-send]')?.disabled === false);
    await page.keyboard.press('Control+Shift+Enter');
    await page.waitForFunction((left) => Number(document.querySelector('[role=option]')?.getAttribute('aria-setsize')) === left, 12 - turn);
  }
}
