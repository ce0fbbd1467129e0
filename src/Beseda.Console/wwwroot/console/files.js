// Files on their way to the server: chosen, dropped or pasted. .NET knows them by key; their bytes stay here.
const picked = new Map(), transient = new Set([0, 401, 429, 502, 503, 504])
let net, where
const tell = (name, ...rest) => net?.invokeMethodAsync(name, ...rest)

/** A small picture of a picture, as an address that the page's policy allows. */
async function preview(file) {
  if (!/^image\/(png|jpeg|gif|webp|bmp|avif)$/.test(file.type) || file.size > 40e6) return null
  try {
    const whole = await createImageBitmap(file), side = 88, scale = side / Math.min(whole.width, whole.height)
    const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side })
    const [width, height] = [whole.width * scale, whole.height * scale]
    canvas.getContext('2d').drawImage(whole, (side - width) / 2, (side - height) / 2, width, height)
    whole.close()
    return canvas.toDataURL('image/jpeg', .8)
  } catch { return null }
}

async function pick(list) {
  const conversation = where?.()
  if (!conversation) return
  for (const file of list) {
    const key = `${Date.now()}-${Math.random().toString(36).slice(2, 10)}`
    picked.set(key, { file, failures: 0 })
    await tell('OnPicked', key, conversation, file.name || 'file', file.size, file.type || 'application/octet-stream', await preview(file))
    upload(key)
  }
}

function upload(key) {
  const one = picked.get(key)
  if (!one) return tell('OnNotUploaded', key, 'file-not-found')
  const request = one.request = new XMLHttpRequest(), form = new FormData()
  let silence, told = 0
  const listen = () => { clearTimeout(silence); silence = setTimeout(() => request.abort(), 45000) }
  form.append('file', one.file, one.file.name || 'file')
  request.open('POST', '/api/operator/files')
  request.setRequestHeader('X-Beseda-Client', 'console')
  request.upload.onprogress = ({ loaded, total }) => {
    listen()
    if (performance.now() - told < 100) return
    told = performance.now()
    tell('OnUploading', key, Math.min(99, Math.floor(loaded * 100 / (total || 1))))
  }
  request.onloadend = () => {
    clearTimeout(silence)
    if (picked.get(key)?.request !== request) return
    if (request.status >= 200 && request.status < 300) {
      picked.delete(key)
      tell('OnUploaded', key, request.responseText)
    } else if (!transient.has(request.status)) tell('OnNotUploaded', key, refusal(request))
    else if (one.failures++ < 5 && request.status !== 401) setTimeout(() => picked.get(key)?.request === request && upload(key), 500 * 2 ** one.failures)
    else tell('OnNotUploaded', key, '')
  }
  listen()
  request.send(form)
}

function refusal({ status, responseText }) {
  try { return JSON.parse(responseText).code } catch { return status === 413 ? 'too-large' : 'unknown' }
}

// ---- dropped and pasted
const carries = event => [...event.dataTransfer?.types ?? []].includes('Files')
let over = 0
const light = on => document.documentElement.toggleAttribute('data-drop', on)
const welcome = () => where?.() && !document.querySelector('dialog[open], #attach:disabled') && document.querySelector('#attach')

addEventListener('dragenter', event => { if (carries(event) && welcome()) light(++over > 0) })
addEventListener('dragleave', event => { if (carries(event) && over > 0 && --over === 0) light(false) })
addEventListener('dragover', event => { if (carries(event)) event.preventDefault() })
addEventListener('drop', event => {
  if (!carries(event)) return
  // Or the browser would leave the console to show the file.
  event.preventDefault()
  over = 0
  light(false)
  if (welcome()) pick([...event.dataTransfer.files])
})
addEventListener('paste', event => {
  const { files, types } = event.clipboardData
  // Office programs put a picture of copied text beside the text: the text is meant.
  if (event.target.id !== 'composer' || !files.length || types.includes('text/plain') || !welcome()) return
  event.preventDefault()
  pick([...files])
})
addEventListener('change', ({ target }) => {
  if (target.id !== 'picker') return
  pick([...target.files])
  target.value = ''
})
addEventListener('beforeunload', event => { if (picked.size) event.preventDefault() })

export const files = {
  attach(to, of) { [net, where] = [to, of] },
  choose: () => document.querySelector('#picker')?.click(),
  retry(key) {
    const one = picked.get(key)
    if (one) one.failures = 0
    upload(key)
  },
  drop(key) {
    const one = picked.get(key)
    picked.delete(key)
    one?.request?.abort()
  },
}
