// One feed for all tabs: whoever holds the lock reads it and tells the others. The reader knows how far the stream has
// come (`head`), every tab how far it has come itself (`at`): a new reader, a lost connection or a tab that slept goes on
// without gap or repeat.
const channel = new BroadcastChannel('beseda-feed')
const pause = ms => new Promise(done => setTimeout(done, ms))

let net, journal, watched, at = null, held = [], live = null, following = false
let leading = false, head = null, reading, release, wake

const tell = (name, ...rest) => net?.invokeMethodAsync(name, ...rest)

channel.onmessage = ({ data }) => {
  if (data.frames) take(data)
  else if ('live' in data) state(data.live)
  else if (data.hello && leading && live !== null) channel.postMessage({ live })
  else if (data.signedOut && following) tell('OnSignedOut')
  else if (data.signedIn) location.reload()
}

function state(now) {
  if (now !== live) tell('OnConnection', live = now)
}

// ---- slices: what came, handed to .NET at most ten times a second, the open conversation's with the next frame
let frames = [], timer = 0, last = 0

function take(slice) {
  if (at === null) return held.push(slice)
  if (slice.journal !== journal || slice.from > at) return lose(slice)
  let soon = false
  for (const [id, kind, data] of slice.frames) {
    if (kind === 'reset') return lose()
    if (id && id <= at || kind === 'ping' && !leading) continue
    soon ||= watched && data.includes(`"conversation":${watched}`)
    frames.push(kind, data)
  }
  at = Math.max(at, slice.to)
  const due = last + (document.hidden ? 1000 : soon ? 16 : 100) - performance.now()
  if (due <= 0) flush()
  else if (!timer || soon) { clearTimeout(timer); timer = setTimeout(flush, due) }
}

function flush() {
  clearTimeout(timer)
  timer = 0
  last = performance.now()
  if (frames.length) tell('OnSlice', frames.splice(0))
}

/** Only a new snapshot helps. What comes meanwhile waits for it. */
function lose(slice) {
  [at, held, frames] = [null, slice ? [slice] : [], []]
  tell('OnLost')
}

// ---- the reader
async function lead() {
  head = at
  for (let failures = 0; following; failures++) {
    if (head === null) { await new Promise(now => wake = now); continue }
    try {
      reading = new AbortController()
      const response = await fetch(`/api/operator/feed?since=${head}&journal=${encodeURIComponent(journal)}`, {
        cache: 'no-store', headers: { 'X-Beseda-Client': 'console' }, signal: reading.signal,
      })
      if (response.status === 401) {
        channel.postMessage({ signedOut: true })
        return tell('OnSignedOut')
      }
      if (response.ok) {
        failures = 0
        await read(response.body.pipeThrough(new TextDecoderStream()).getReader())
      }
    } catch { /* cut, refused or silent: come again */ }
    if (!following || head === null) continue
    state(false)
    channel.postMessage({ live })
    const rest = Math.random() * 5 + Math.min(30, 2 ** Math.min(failures, 5) - 1)
    await Promise.race([pause(rest * 1000), new Promise(now => wake = now)])
  }
}

async function read(reader) {
  for (let text = '', first = true; ; first = false) {
    // The server speaks at least every 20 seconds; a silent connection is a dead one.
    const silence = setTimeout(() => reading.abort(), 45000)
    const { done, value } = await reader.read().finally(() => clearTimeout(silence))
    if (done || !following) return
    if (first) {
      state(true)
      channel.postMessage({ live })
      // Whoever reads is there: said at once, and whenever the server asks.
      frames.push('ping', '{}')
      flush()
    }
    const blocks = (text + value).split('\n\n')
    text = blocks.pop()
    if (blocks.length) publish(blocks.map(parse))
    if (head === null) return
  }
}

function parse(block) {
  const frame = [0, '', '']
  for (const line of block.split('\n'))
    if (line.startsWith('id:')) frame[0] = Number(line.slice(3))
    else if (line.startsWith('event:')) frame[1] = line.slice(6).trim()
    else if (line.startsWith('data:')) frame[2] += line.slice(5).trim()
  return frame
}

function publish(all) {
  const from = head
  head = all.reduce((most, [id]) => Math.max(most, id), from)
  const slice = { journal, from, to: head, frames: all.filter(([, kind]) => kind) }
  if (all.some(([, kind]) => kind === 'reset')) head = null
  channel.postMessage(slice)
  take(slice)
}

for (const event of ['online', 'visibilitychange']) addEventListener(event, () => document.hidden || wake?.())

export const feed = {
  attach: to => net = to,
  watch: id => watched = id,
  /** A snapshot as of `since` is loaded: go on from there. */
  follow(since, of) {
    [at, journal] = [since, of]
    held.splice(0).forEach(take)
    if (leading && head === null) {
      head = since
      wake?.()
    }
    if (following) return
    following = true
    channel.postMessage({ hello: true })
    const turn = async () => {
      leading = following
      await Promise.race([lead(), new Promise(done => release = done)])
      leading = false
    }
    // No locks on plain HTTP away from localhost: there each tab reads for itself.
    navigator.locks ? navigator.locks.request('beseda-feed', turn) : turn()
  },
  stop() {
    [following, at] = [false, null]
    reading?.abort()
    wake?.()
    release?.()
  },
  announce: what => channel.postMessage({ [what]: true }),
}
