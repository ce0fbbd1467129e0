// Runs before anything is drawn: asks for the desk while the runtime is still loading, and remembers what is typed into
// the sign-in form until the form that works replaces it.
const page = document.documentElement
window.beseda = {
  desk: page.dataset.signed === undefined ? null
    : fetch('/api/operator/desk', { cache: 'no-store' }).then(answer => answer.ok ? answer.text() : null, () => null),
  typed: {},
}
addEventListener('input', ({ target }) => { if (target.form?.id === 'sign-in') beseda.typed[target.name] = target.value })
addEventListener('submit', event => {
  if (event.target.id !== 'sign-in' || event.target.dataset.live !== undefined) return
  event.preventDefault()
  beseda.typed.submit = true
}, true)
