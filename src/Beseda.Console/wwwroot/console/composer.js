// The composer: .NET hears of it only when something is sent. Drafts are the browser's.
const $ = selector => document.querySelector(selector)
const tell = (name, ...rest) => net?.invokeMethodAsync(name, ...rest)
let net, owner, shown, draftKey, draftTimer, editing = false, typedAt = 0
const field = () => $('#composer')

function keepDraft() {
  clearTimeout(draftTimer)
  draftTimer = 0
  if (!draftKey || !field() || editing) return
  if (field().value) localStorage.setItem(draftKey, field().value)
  else localStorage.removeItem(draftKey)
}

function restoreDraft() {
  const area = field()
  if (area) area.value = draftKey && localStorage.getItem(draftKey) || ''
  measure()
}

/** A text that is too long for the conversation's channel goes in pieces, and that is said beforehand. */
function measure() {
  const area = field(), hint = $('#too-long')
  if (hint) hint.hidden = !(area.value.length > area.dataset.limit)
}

/** An older message's text in place of the draft; null brings the draft back. */
function edit(text) {
  if (text === null && !editing) return
  if (!editing) keepDraft()
  editing = text !== null
  if (!editing) return restoreDraft()
  field().value = text
  field().focus()
  measure()
}

function send() {
  const text = field().value.trim(), tray = !editing && $('#tray')
  if (!text && !tray) return
  if (tray && tray.querySelector('.underway, .failed')) return tell('OnAct', 'send-later')
  field().value = ''
  typedAt = 0
  if (editing) edit(null)
  else keepDraft()
  measure()
  tell('OnSend', text)
}

addEventListener('input', ({ target }) => {
  if (target.id !== 'composer') return
  clearTimeout(draftTimer)
  draftTimer = setTimeout(keepDraft, 300)
  measure()
  const empty = !target.value.trim()
  if (empty ? typedAt : performance.now() - typedAt > 3000) {
    typedAt = empty ? 0 : performance.now()
    tell('OnTyping', !empty)
  }
})
addEventListener('pagehide', () => draftTimer && keepDraft())

export const composer = {
  attach: to => net = to,
  own: who => owner = who,
  edit, send,
  get editing() { return editing },
  get conversation() { return shown },
  /** To another conversation, or to none. */
  turn(conversation) {
    if (draftTimer) keepDraft()
    editing = false
    shown = conversation
    draftKey = conversation && `beseda.draft.${owner}.${conversation}`
    requestAnimationFrame(restoreDraft)
  },
  /** Enter sends; an arrow up where nothing is written edits what was said last. */
  takes(event) {
    const { target, key, shiftKey, altKey } = event
    if (target.id !== 'composer' || altKey || event.isComposing) return false
    if (key === 'Enter' && !shiftKey) send()
    else if (key === 'ArrowUp' && !shiftKey && !target.value && !editing) tell('OnAct', 'edit-last')
    else return false
    event.preventDefault()
    return true
  },
}
