import { composer } from './composer.js'
import { feed } from './feed.js'
import { files } from './files.js'

const page = document.documentElement
const $ = selector => document.querySelector(selector)
const store = (key, value) => value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value)
const cookie = (name, value) => document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`
const tell = (name, ...rest) => net?.invokeMethodAsync(name, ...rest)
let net, ahead = 0

// ---- time, by the browser's own rules
const tag = navigator.languages.find(one => one.startsWith(page.lang)) ?? page.lang
const clock = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit' })
const date = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long' })
const dateAndYear = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric' })
const near = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
const dayOf = at => `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
const capital = text => text[0].toUpperCase() + text.slice(1)

function moment(ms) {
  const at = new Date(ms), now = new Date(), yesterday = new Date(now - 86400000)
  const day = dayOf(at)
  const label = day === dayOf(now) ? capital(near.format(0, 'day'))
    : day === dayOf(yesterday) ? capital(near.format(-1, 'day'))
    : (at.getFullYear() === now.getFullYear() ? date : dateAndYear).format(at)
  return [day, label, clock.format(at)]
}

const unit = (unit, value) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'narrow' }).format(value)

/** 2:05, then 3 h 20 m, then days: the longer, the coarser. */
function spell(seconds) {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${String(seconds % 60).padStart(2, '0')}`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${unit('hour', hours)} ${unit('minute', minutes % 60)}` : unit('day', Math.floor(hours / 24))
}

/** Waiting times and countdowns tick here: no render, only the text of elements that .NET leaves empty. */
function tick() {
  if (document.hidden) return
  const now = Date.now() + ahead
  for (const element of document.querySelectorAll('[data-since],[data-until]')) {
    const { since, until } = element.dataset
    const seconds = Math.max(0, Math.floor((until ? until - now : now - since) / 1000))
    const text = spell(seconds)
    if (element.textContent !== text) element.textContent = text
    const heat = until ? (seconds < 10 ? 'hot' : '') : seconds < 60 ? '' : seconds < 180 ? 'warm' : 'hot'
    if ((element.dataset.heat ?? '') !== heat) element.dataset.heat = heat
  }
  changes.takeRecords()
}
const changes = new MutationObserver(tick)
changes.observe(document, { subtree: true, childList: true, attributeFilter: ['data-since', 'data-until'] })
setInterval(tick, 1000)

// ---- the timeline: sticks to its end while its end is in sight, and asks for more before an edge is reached
let log, edges, held, stuck = true, height = 0
const grown = new ResizeObserver(() => {
  height = log?.clientHeight
  if (stuck && log) log.scrollTop = log.scrollHeight
})

function neared(up) {
  // At the very top the browser does not anchor: what is inserted above would push away what is being read.
  const line = log.querySelector('.message')
  held = up && line && log.scrollTop < 1 ? { line, top: line.getBoundingClientRect().top } : null
  tell('OnEdge', up)
}

function scrolled() {
  // The composer has just grown over the end: nobody scrolled, and `grown` is about to put it right.
  if (log.clientHeight !== height) return
  const now = log.scrollHeight - log.scrollTop - log.clientHeight < 40
  if (now !== stuck) tell('OnEnd', stuck = now)
}

function drawn(fresh) {
  const found = $('#log')
  if (found !== log) {
    grown.disconnect()
    edges?.disconnect()
    log = found
    if (!log) return
    edges = new IntersectionObserver(seen => {
      for (const { isIntersecting, target } of seen) if (isIntersecting) neared(target.dataset.edge === 'up')
    }, { root: log, rootMargin: '800px 0px' })
    log.addEventListener('scroll', scrolled, { passive: true })
    grown.observe(log)
    grown.observe(log.firstElementChild)
    fresh = true
  }
  if (!log) return
  if (fresh) { stuck = true; log.scrollTop = log.scrollHeight }
  if (held?.line.isConnected && log.scrollTop < 1) log.scrollTop += held.line.getBoundingClientRect().top - held.top
  // Observed anew, so that an edge which is still near after a short page is told again.
  edges.disconnect()
  for (const edge of log.querySelectorAll('[data-edge]')) edges.observe(edge)
}

/** A conversation, or a page that is none. */
function show(conversation, name) {
  composer.turn(conversation)
  page.dataset.pane = conversation ? 'talk' : name?.split(/[/?]/)[0] ?? 'lists'
  if (innerWidth < 1200) delete page.dataset.about
  const path = conversation ?? name ? `/console/${conversation ?? name}` : '/console'
  // Of a sheet the address says more than its name.
  if (conversation || name !== sheet()) go(path)
}

// ---- keys: by place on the keyboard, so that they work in every layout
const keys = {
  ArrowDown: 'next', ArrowUp: 'previous', KeyN: 'take-next', KeyA: 'take', KeyR: 'compose', KeyI: 'note',
  KeyX: 'close', KeyP: 'hand-over', KeyS: 'status', KeyO: 'about', KeyL: 'leave', Slash: 'help',
}
addEventListener('keydown', event => {
  const { target, code, altKey, ctrlKey, metaKey, shiftKey, key } = event
  if (composer.takes(event)) return
  const menu = target.closest?.('[popover]')
  if (menu && (key === 'ArrowDown' || key === 'ArrowUp') && !altKey) {
    const items = [...menu.querySelectorAll('button')]
    event.preventDefault()
    return items[(items.indexOf(target) + (key === 'ArrowDown' ? 1 : items.length - 1)) % items.length].focus()
  }
  const writes = target.matches?.('input,textarea,select')
  const action = altKey && !ctrlKey && !metaKey ? keys[code]
    : key === '?' && !writes ? 'help'
    : key === 'Escape' && !$('dialog[open]') && !$(':popover-open') && !(writes && target.closest('.channels, .reports')) ? (composer.editing ? 'stop-editing' : 'leave') : null
  if (!action || $('dialog[open]') && action !== 'help') return
  event.preventDefault()
  act(action)
})
function act(what) {
  if (what === 'compose') $('#composer')?.focus()
  else if (what === 'status') { $('#status-menu').togglePopover(); $('#status-menu button').focus() }
  else if (what === 'about') about()
  else if (what === 'attach') files.choose()
  else tell('OnAct', what)
}

/** Beside what it is about, and within the page. */
function openMenu(id, beside) {
  const menu = $(id), at = $(beside)?.getBoundingClientRect()
  menu.showPopover()
  if (at) {
    const { offsetWidth: width, offsetHeight: height } = menu
    const left = Math.max(8, Math.min(at.left, innerWidth - width - 8))
    const top = at.bottom + 4 + height < innerHeight ? at.bottom + 4 : Math.max(8, at.top - height - 4)
    menu.style.cssText = `inset: ${top}px auto auto ${left}px`
  }
  menu.querySelector('button')?.focus()
}

function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  // Plain HTTP away from localhost.
  const area = Object.assign(document.createElement('textarea'), { value: text })
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

/** Hands over an SVG, as it is or drawn twice as large. */
async function savePicture(name, svg, png) {
  let picture = new Blob([svg], { type: 'image/svg+xml' })
  if (png) {
    // As a data address: the page's policy allows those and no others.
    const image = Object.assign(new Image(), { src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` })
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width * 2, height: image.height * 2 })
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
    picture = await new Promise(done => canvas.toBlob(done, 'image/png'))
  }
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(picture), download: `${name}.${png ? 'png' : 'svg'}` })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60000)
}

/** The facts stand beside a wide conversation and are called up over a narrow one. */
function about() {
  if ($('.facts')) page.dataset.about = getComputedStyle($('.facts')).display === 'none' ? 'yes' : 'no'
}

addEventListener('click', event => {
  if (event.target.closest('#send')) composer.send()
  const button = event.target.closest('[data-do]')
  if (button) act(button.dataset.do)
  event.target.closest('[popover] button')?.closest('[popover]').hidePopover()
  if (event.target.matches('dialog[open]')) event.target.close()
})

addEventListener('visibilitychange', () => { tell('OnVisible', !document.hidden); tick() })
/** A page that is no conversation. */
const sheet = () => ['channels', 'reports'].find(one => one === location.pathname.split('/')[2]) ?? null
function go(path, instead) {
  if (location.pathname + location.search !== path) history[instead ? 'replaceState' : 'pushState'](null, '', path)
}
addEventListener('popstate', () => sheet() ? tell('OnAct', sheet()) : tell('OnNavigated', Number(location.pathname.split('/')[2]) || null))

Object.assign(beseda, {
  feed, files, sheet, go, savePicture, moment, store, show, drawn, openMenu, copy,
  own: composer.own,
  edit: composer.edit,
  send: composer.send,
  language: () => page.lang,
  looksSignedIn: () => page.dataset.signed !== undefined,
  address: () => location.pathname + location.search,
  place: () => Number(location.pathname.split('/')[2]) || null,
  attach(to) { net = to; feed.attach(to); composer.attach(to); files.attach(to, () => composer.conversation) },
  async earlyDesk() { const text = await beseda.desk; beseda.desk = null; return text },
  setClock: now => ahead = now - Date.now(),
  stored: prefix => Object.keys(localStorage).filter(key => key.startsWith(prefix)).map(key => localStorage.getItem(key)),
  toEnd() { stuck = true; log.scrollTop = log.scrollHeight },
  focus: selector => $(selector)?.focus(),
  openDialog: id => $(id).showModal(),
  closeDialog: id => $(id).close(),
  title: text => document.title = text,
  switchTheme() {
    const dark = page.dataset.theme ? page.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
    cookie('beseda-theme', page.dataset.theme = dark ? 'light' : 'dark')
  },
  switchLanguage(to) { cookie('beseda-language', to); location.reload() },
  leave() {
    for (const key of Object.keys(localStorage)) if (/^beseda\.(draft|files)\./.test(key)) localStorage.removeItem(key)
    feed.announce('signedOut')
    location.assign('/console')
  },
  adoptForm() {
    const form = $('#sign-in'), { submit, ...typed } = beseda.typed
    form.dataset.live = ''
    for (const [name, value] of Object.entries(typed)) {
      form.elements[name].value = value
      form.elements[name].dispatchEvent(new Event('change', { bubbles: true }))
    }
    beseda.typed = {}
    if (submit) form.requestSubmit()
    else if (!form.contains(document.activeElement)) [...form.elements].find(field => field.name && !field.value)?.focus()
  },
})

// A click on something with data-act or data-id is one event per list, not one handler per row.
Blazor.registerCustomEventType('pick', {
  browserEventName: 'click',
  createEventArgs(event) {
    const { target } = event
    const link = target.closest('a[data-act]')
    // A link opens here; with a modifier in a tab of its own, as links do.
    const elsewhere = link && (event.ctrlKey || event.metaKey || event.shiftKey)
    if (link && !elsewhere) event.preventDefault()
    return { act: elsewhere ? '' : target.closest('[data-act]')?.dataset.act ?? '', id: target.closest('[data-id]')?.dataset.id ?? '' }
  },
})
Blazor.start()
