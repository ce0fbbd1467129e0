'use strict';

const names = { telegram: 'Telegram', vk: 'ВКонтакте', viber: 'Viber', messenger: 'Messenger', mail: 'Почта' };
const chosen = { platform: 'telegram', account: null, customer: null };
let town = null;
let shown = '';
let noticed = 0;

const $ = id => document.getElementById(id);

/** An element with attributes and children; text stays text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

async function call(path, options = {}) {
  if (options.json !== undefined) {
    options.body = JSON.stringify(options.json);
    options.headers = { 'Content-Type': 'application/json' };
  }
  const answer = await fetch('/play' + path, options);
  const body = await answer.json().catch(() => null);
  if (!answer.ok) flash(body?.error ?? `Ошибка ${answer.status}`);
  return answer.ok ? body : null;
}

const post = (path, json = {}) => call(path, { method: 'POST', json });
const accountPath = () => `/${chosen.platform}/${encodeURIComponent(chosen.account)}`;
const customerPath = what => `${accountPath()}/${what}?customer=${encodeURIComponent(chosen.customer)}`;
const platform = () => town.platforms.find(one => one.name === chosen.platform);
const account = () => platform().accounts.find(one => one.id === chosen.account);

function flash(text) {
  const notice = $('notice');
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(flash.timer);
  flash.timer = setTimeout(() => notice.hidden = true, 4000);
}

async function act(name, how = {}) {
  if (chosen.customer === null) return flash('Сначала выберите клиента.');
  await post(customerPath('do/' + name), how);
  await refresh();
}

function choose(what) {
  Object.assign(chosen, what);
  shown = '';
  noticed = 0;
  document.body.dataset.platform = chosen.platform;
  return refresh();
}

function drawLists() {
  $('platforms').replaceChildren(...town.platforms.map(one => make('button', {
    'aria-pressed': String(one.name === chosen.platform),
    onclick: () => choose({ platform: one.name, account: null, customer: null }),
  }, names[one.name])));
  $('accounts').replaceChildren(...platform().accounts.map(one => make('li', {}, make('button', {
    'aria-current': String(one.id === chosen.account),
    title: one.token,
    onclick: () => choose({ account: one.id, customer: one.customers[0]?.id ?? null }),
  }, one.name + (one.revoked ? ' (ключ отозван)' : '')))));
  $('customers').replaceChildren(...(account()?.customers ?? []).map(one => make('li', {}, make('button', {
    'aria-current': String(one.id === chosen.customer),
    onclick: () => choose({ customer: one.id }),
  }, `${one.name}, ${one.language}${one.blocked ? ' ⛔' : ''}`))));
}

function drawFigures(calls) {
  const one = account();
  const facts = one ? [['Ключ', one.token], ['Вызовов', one.calls], ['Доставок', one.deliveries], ['Принято', one.accepted], ['Вебхук', one.webhooks.join(', ') || 'нет']] : [];
  if (one?.servers) facts.push(['Адрес', one.id], ['Серверы', one.servers]);
  if (one?.appSecret) facts.push(['Приложение', one.appId], ['Секрет', one.appSecret]);
  $('figures').replaceChildren(...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, String(value))]));
  $('calls').replaceChildren(...calls.slice(-12).reverse().map(one => make('li', { class: one.status >= 400 || one.lost ? 'bad' : null }, `${one.status} ${one.method}${one.lost ? ' (ответ потерян)' : ''}`)));
  $('revoke').textContent = one?.revoked ? 'Вернуть ключ' : 'Отозвать ключ';
}

function drawFile(bubble, file, at) {
  const url = `/play${customerPath('file')}&bubble=${encodeURIComponent(bubble.id)}&at=${at}`;
  if (file.kind === 'photo' || file.kind === 'sticker') return make('img', { src: url, alt: file.name });
  const icon = { voice: '🎤', video: '🎬', audio: '🎵' }[file.kind] ?? '📄';
  return make('div', {}, make('a', { href: url, download: file.name }, `${icon} ${file.name}, ${file.size} Б${file.duration ? `, ${file.duration} с` : ''}`));
}

function drawButtons(rows, id) {
  return rows.map(row => make('div', { class: 'row' }, ...row.map(button => make('button', {
    title: button.link ?? button.payload ?? button.kind,
    onclick: () => button.kind === 'link' ? window.open(button.link, '_blank', 'noopener') : act('press', { id, label: button.label }),
  }, button.label + (button.kind === 'link' ? ' ↗' : '')))));
}

function drawBubble(bubble, all) {
  const quoted = all.find(one => one.id === bubble.replyTo);
  const time = new Date(bubble.at).toLocaleTimeString('ru', { hour: '2-digit', minute: '2-digit' });
  const marks = [bubble.edited && 'изменено', bubble.deleted && 'удалено', bubble.author === 'customer' && bubble.read && 'прочитано', time].filter(Boolean);
  return make('div', { class: `bubble ${bubble.author}${bubble.deleted ? ' deleted' : ''}`, title: bubble.id, ondblclick: () => change(bubble) },
    quoted ? make('blockquote', {}, quoted.text ?? '[файл]') : null,
    ...bubble.files.map((file, at) => drawFile(bubble, file, at)),
    bubble.text ?? '',
    bubble.place ? `📍 ${bubble.place.latitude}, ${bubble.place.longitude}` : null,
    bubble.card ? `👤 ${bubble.card.name} ${bubble.card.phone}` : null,
    ...drawButtons(bubble.buttons, bubble.id),
    make('small', {}, marks.join(' · ')));
}

/** One's own words are edited by a double click; an empty text deletes them. */
function change(bubble) {
  if (bubble.author !== 'customer' || bubble.deleted) return;
  const text = prompt('Новый текст (пустой — удалить)', bubble.text ?? '');
  if (text !== null) act(text === '' ? 'delete' : 'edit', { id: bubble.id, text });
}

function drawChat(chat) {
  $('title').textContent = chat ? `${chat.customer.name} → ${account().name}` : 'Выберите бота и клиента';
  $('status').textContent = chat?.typing ? 'печатает…' : chat?.customer.blocked ? 'заблокирован' : '';
  $('block').textContent = chat?.customer.blocked ? 'Разблокировать' : 'Заблокировать';
  $('block').dataset.act = chat?.customer.blocked ? 'unblock' : 'block';
  if (chat && chat.notices.length > noticed) flash(chat.notices[chat.notices.length - 1]);
  noticed = chat?.notices.length ?? 0;
  const now = JSON.stringify([chat?.bubbles, chat?.keyboard]);
  if (now === shown) return;
  shown = now;
  $('chat').replaceChildren(...(chat?.bubbles ?? []).map(bubble => drawBubble(bubble, chat.bubbles)));
  $('chat').scrollTop = $('chat').scrollHeight;
  $('keyboard').replaceChildren(...drawButtons(chat?.keyboard ?? [], null));
}

async function refresh() {
  town = await call('/');
  if (town === null) return;
  if (!account()) chosen.account = platform().accounts[0]?.id ?? null;
  if (!account()?.customers.some(one => one.id === chosen.customer)) chosen.customer = account()?.customers[0]?.id ?? null;
  drawLists();
  drawFigures(chosen.account ? await call(accountPath() + '/calls') ?? [] : []);
  drawChat(chosen.customer ? await call(customerPath('chat')) : null);
}

$('open').addEventListener('submit', async event => {
  event.preventDefault();
  const opened = await post('/' + chosen.platform, { name: event.target.name.value });
  event.target.reset();
  if (opened) await choose({ account: opened.id, customer: null });
});

$('meet').addEventListener('submit', async event => {
  event.preventDefault();
  if (!chosen.account) return flash('Сначала создайте бота.');
  const { name, language } = event.target.elements;
  const met = await post(accountPath() + '/customers', { name: name.value, language: language.value });
  event.target.reset();
  if (met) await choose({ customer: met.id });
});

$('say').addEventListener('submit', async event => {
  event.preventDefault();
  const { text, file } = event.target.elements;
  if (!chosen.customer) return flash('Сначала выберите клиента.');
  if (file.files.length > 0) {
    const form = new FormData();
    form.append('file', file.files[0]);
    await call(customerPath('file') + (text.value ? `&caption=${encodeURIComponent(text.value)}` : ''), { method: 'POST', body: form });
  } else if (text.value) await post(customerPath('do/write'), { text: text.value });
  event.target.reset();
  await refresh();
});

$('say').elements.file.addEventListener('change', event => flash(`Приложен файл ${event.target.files[0]?.name ?? ''}`));

$('sample').addEventListener('change', async event => {
  const kind = event.target.value;
  event.target.value = '';
  if (kind === 'place') await act('place');
  else if (kind === 'card') await act('card', { phone: '+79001234567' });
  else if (kind) await act('sample', { kind });
});

document.querySelectorAll('[data-act]').forEach(button => button.addEventListener('click', () => {
  const payload = button.dataset.act === 'start' ? prompt('Метка из ссылки (можно пустую)', '') : undefined;
  if (payload !== null) act(button.dataset.act, payload ? { payload } : {});
}));

$('faults').addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.target.elements;
  const path = `/${chosen.platform}/faults`;
  const what = event.submitter?.name;
  if (what === 'clear') {
    await call(path, { method: 'DELETE' });
    event.target.reset();
  } else {
    const amount = what?.endsWith('For') ? Number(form.seconds.value) : Number(form.calls.value);
    await post(path, { [what]: amount, method: form.method.value || null });
  }
  flash('Сделано.');
});

for (const name of ['duplicate', 'disorder'])
  $('faults').elements[name].addEventListener('change', event =>
    post(`/${chosen.platform}/faults`, { [name]: name === 'duplicate' ? event.target.checked : Number(event.target.value) }));

$('revoke').addEventListener('click', async () => chosen.account && (await post(accountPath() + '/revoke', { on: !account().revoked }), await refresh()));
$('drop').addEventListener('click', async () => chosen.account && (await call(accountPath() + '/webhook', { method: 'DELETE' }), await refresh()));

choose({});
setInterval(refresh, 1000);
