// Clicks through the reference as a newcomer would: node clicks.mjs <url of a hub> <path of Chromium>
// Prints a line for each thing that works; ends with 1 and what went wrong at the first that does not.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const [url, program] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
const page = await browser.newPage();
page.setDefaultTimeout(60_000);
const strangers = [];
await page.route('**/*', (route) => {
  if (route.request().url().startsWith(url)) return route.continue();
  strangers.push(route.request().url());
  return route.abort();
});

async function works(what, act) {
  await act();
  console.log(`works: ${what}`);
}

const operation = (id) => page.locator(`.opblock[id$="-${id}"]`);
const account = (name) => page.locator('#accounts button', { hasText: name });
const keyIn = (place) => place.locator('tr[data-param-name="Idempotency-Key"] input');

async function open(tag, id) {
  await page.goto(`${url}/docs#/${tag}/${id}`);
  await page.reload();
  await operation(id).locator('.btn.execute').waitFor();
  return operation(id);
}

async function answerOf(place) {
  const answered = page.waitForResponse((answer) => answer.request().method() !== 'OPTIONS' && answer.url().includes('/v1/'));
  await place.locator('.btn.execute').click();
  const status = (await answered).status();
  const shown = place.locator('.live-responses-table');
  await shown.locator('.response-col_status', { hasText: String(status) }).waitFor();
  return { status, text: await shown.innerText() };
}

try {
  await works('a click on a sample account signs in, another signs out', async () => {
    await open('me', 'get_me');
    assert.equal((await answerOf(operation('get_me'))).status, 401);
    await account('Awa Diallo').click();
    await page.locator('#accounts button[aria-pressed="true"]', { hasText: 'Awa Diallo' }).waitFor();
    const { status, text } = await answerOf(operation('get_me'));
    assert.equal(status, 200, text);
    assert.match(text, /Awa Diallo/);
    await account('Awa Diallo').click();
    await page.locator('#accounts button[aria-pressed="true"]').waitFor({ state: 'detached' });
  });

  await works('the filter finds an operation by what it does, by its name and by its path', async () => {
    await page.goto(`${url}/docs`);
    await page.locator('.operation-filter-input').waitFor();
    for (const [words, id] of [['act order', 'act_on_order'], ['upload_file', 'upload_file'], ['/v1/me', 'get_me']]) {
      await page.locator('.operation-filter-input').fill(words);
      await operation(id).waitFor();
    }
    await page.locator('.operation-filter-input').fill('no operation is called so');
    await page.locator('.opblock').first().waitFor({ state: 'detached' });
  });

  await works('an example sets path, key and body together, and says as whom', async () => {
    const place = await open('orders', 'act_on_order');
    const path = place.locator('tr[data-param-name="order_id"] input');
    const first = { path: await path.inputValue(), key: await keyIn(place).inputValue() };
    const choice = place.locator('.opblock-section-request-body .examples-select select').first();
    const names = await choice.locator('option').evaluateAll((options) => options.map((option) => option.value));
    const others = [];
    for (const name of names.slice(1, 8)) {
      await choice.selectOption(name);
      const body = JSON.parse(await place.locator('.body-param textarea').inputValue());
      others.push({ path: await path.inputValue(), key: await keyIn(place).inputValue(), action: body.action });
      assert.match(await place.locator('.as-whom').innerText(), /The example is sent as/);
    }
    assert.ok(others.some((other) => other.path !== first.path), 'no example changed the path');
    assert.equal(new Set([first, ...others].map((each) => each.key)).size, others.length + 1, 'a key came twice');
    assert.ok(new Set(others.map((each) => each.action)).size > 3, 'the bodies are of few actions');
  });

  await works('an example can be sent as it stands, by who it says; its key is fresh each time', async () => {
    const place = await open('carts', 'create_cart');
    await place.locator('.as-whom button').click();
    await page.locator('#accounts button[aria-pressed="true"]').waitFor();
    const key = await keyIn(place).inputValue();
    const { status, text } = await answerOf(place);
    assert.ok([200, 201].includes(status), text);
    assert.notEqual(await keyIn(place).inputValue(), key);
  });

  await works('Authorize asks for an address and a password, and says what is wrong with them', async () => {
    await page.goto(`${url}/docs`);
    await page.reload();
    await page.locator('.auth-wrapper .btn.authorize').first().click();
    const form = page.locator('.modal-ux form', { has: page.locator('input[name="username"]') });
    await form.locator('input[name="username"]').fill('nobody@example.com');
    await form.locator('input[name="password"]').fill('not the password');
    await form.locator('button[type="submit"]').click();
    await form.locator('.failure', { hasText: /\w/ }).waitFor();
  });

  assert.deepEqual(strangers, [], 'the page asked other servers for something');
  console.log('works: nothing was asked of another server');
} catch (failure) {
  console.error(failure.message);
  process.exitCode = 1;
} finally {
  await browser.close();
}
