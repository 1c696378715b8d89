// What is measured inside the page: how long an action takes until what it asked for is in the document and laid out, the
// longest task meanwhile, and scrolling frame by frame. Put into the page by the driver; nothing of it ships.
(() => {
  const LONG_MS = 50;
  const GIVE_UP_MS = 20000;
  const find = (css) => document.querySelector(css);
  const all = (css) => [...document.querySelectorAll(css)];
  const layOut = () => void document.body.getBoundingClientRect().height;

  // A timer that fires every few milliseconds; where it could not, a task held the page up.
  let beat = performance.now();
  let longest = 0;
  let long = 0;
  setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - beat);
    if (now - beat > LONG_MS) long += 1;
    beat = now;
  }, 4);

  // How often the program tells the page something, second by second.
  const told = [];
  const internals = window.__TAURI_INTERNALS__;
  void internals.invoke('plugin:event|listen', {
    event: 'theke',
    target: { kind: 'Any' },
    handler: internals.transformCallback(() => told.push(performance.now())),
  });

  const until = (fits) =>
    new Promise((resolve, reject) => {
      const watcher = new MutationObserver(look);
      const timer = setTimeout(() => {
        watcher.disconnect();
        reject(new Error(`not within ${GIVE_UP_MS} ms: ${fits}`));
      }, GIVE_UP_MS);
      function look() {
        if (!fits()) return;
        watcher.disconnect();
        clearTimeout(timer);
        resolve();
      }
      watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      look();
    });
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  async function measured(begin, fits) {
    await rest(120);
    longest = 0;
    const start = performance.now();
    begin();
    await until(fits);
    layOut();
    const ms = performance.now() - start;
    // What it causes later counts as well.
    await rest(150);
    return { ms, longest };
  }

  const rows = () => all('[role=listbox] [role=option]');
  const key = (name, more) => find('[role=listbox], body').dispatchEvent(new KeyboardEvent('keydown', { key: name, code: `Key${name.toUpperCase()}`, bubbles: true, cancelable: true, ...more }));

  function open(nth) {
    const row = rows()[nth];
    const before = find('[role=log]');
    const name = row.querySelector('.name').textContent;
    const shown = () => {
      const log = find('[role=log]');
      return log && log !== before && log.querySelector('[data-message]') && log.closest('section').textContent.includes(name);
    };
    return measured(() => row.click(), shown);
  }

  function done(nth) {
    const row = rows()[nth];
    return measured(() => row.querySelector('[data-act=done]').click(), () => !document.getElementById(row.id));
  }

  async function snooze(nth) {
    const row = rows()[nth];
    const item = () => find('[data-testid=snooze-menu] [role=menuitem]');
    const menu = await measured(() => row.querySelector('[data-act=snooze]').click(), () => item() !== null);
    const gone = await measured(() => item().click(), () => !document.getElementById(row.id));
    return { ms: Math.max(menu.ms, gone.ms), longest: Math.max(menu.longest, gone.longest) };
  }

  async function filter() {
    const chips = all('[role=group] button[aria-pressed]');
    const pressed = (chip) => chip.getAttribute('aria-pressed') === 'true';
    const away = await measured(() => chips[2].click(), () => pressed(chips[2]) && (find('.empty') !== null || rows().length > 0));
    const back = await measured(() => chips[0].click(), () => pressed(chips[0]) && rows().length > 4);
    return { ms: Math.max(away.ms, back.ms), longest: Math.max(away.longest, back.longest) };
  }

  async function search(text) {
    const field = find('[data-search]');
    const type = (value) => {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const found = await measured(() => type(text), () => find('.results .hit') !== null);
    type('');
    await until(() => rows().length > 4);
    return found;
  }

  async function palette() {
    const shown = await measured(() => key('k', { ctrlKey: true }), () => find('[data-testid=palette] [role=option]') !== null);
    find('[data-testid=palette] input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    await until(() => find('[data-testid=palette]') === null);
    return shown;
  }

  async function send(text) {
    find('[data-testid=composer-open]')?.click();
    await until(() => find('[data-testid=composer-body]') !== null);
    find('[data-testid=composer-body]').focus();
    const typed = await measured(() => document.execCommand('insertText', false, text), () => (find('[data-testid=composer-body]').value ?? find('[data-testid=composer-body]').textContent).includes(text));
    await until(() => !find('[data-testid=composer-send]').disabled);
    const sent = await measured(() => find('[data-testid=composer-send]').click(), () => all('[data-testid=message]').some((card) => card.textContent.includes(text)));
    return { ms: sent.ms, longest: Math.max(sent.longest, typed.longest), typed: typed.ms };
  }

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  // The list grows as it is scrolled: first it is filled, then scrolled from the top.
  async function fill(count) {
    const list = find('[role=listbox]');
    const height = () => list.firstElementChild.offsetHeight;
    const rowHeight = rows()[0].offsetHeight;
    longest = 0;
    const start = performance.now();
    while (height() < count * rowHeight && performance.now() - start < 25000) {
      const before = height();
      list.scrollTop = before;
      await until(() => height() !== before || list.getAttribute('aria-busy') === 'never');
    }
    return { rows: Math.round(height() / rowHeight), longest };
  }

  async function scroll(frames) {
    const list = find('[role=listbox]');
    const step = Math.max(700, Math.floor((list.scrollHeight - list.clientHeight) / frames));
    const times = [];
    let blank = 0;
    list.scrollTop = 0;
    await rest(100);
    longest = 0;
    for (let at = 0; at < frames; at += 1) {
      await frame();
      const start = performance.now();
      list.scrollTop += step;
      list.dispatchEvent(new Event('scroll'));
      // Svelte changes the document in a microtask.
      for (let turn = 0; turn < 8; turn += 1) await null;
      layOut();
      times.push(performance.now() - start);
      const box = list.getBoundingClientRect();
      const places = rows().map((row) => row.getBoundingClientRect());
      const covered = places.some((place) => place.top <= box.top + 1 && place.bottom > box.top) && places.some((place) => place.bottom >= box.bottom - 1);
      if (!covered) blank += 1;
    }
    return { times, blank, longest };
  }

  function begin() {
    told.length = 0;
    long = 0;
    longest = 0;
    return {};
  }

  // Since `begin`: the longest task, how many were long, and the most that was told within one second.
  function seen() {
    let most = 0;
    told.forEach((at, index) => {
      most = Math.max(most, told.slice(index).filter((later) => later - at < 1000).length);
    });
    return { longest, long, told: told.length, most };
  }

  const acts = { open, done, snooze, filter, search, palette, send, fill, scroll, begin, seen };
  window.__bench = async (name, ...words) => {
    try {
      return { value: await acts[name](...words) };
    } catch (error) {
      return { error: `${name}: ${error}` };
    }
  };
})();
