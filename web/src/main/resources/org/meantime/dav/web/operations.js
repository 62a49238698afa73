// Keeps the page up to date: fetches it again and takes over what changed, cell by cell, so that
// focus and selection stay. Without this script the page is loaded again every few seconds.
const here = location.href // a relative address would bring along user:password@
const table = document.querySelector("tbody")
const around = ["[role=status]", "nav"]

function take(shown, next) {
  if (shown.innerHTML !== next.innerHTML) shown.innerHTML = next.innerHTML
}

async function refresh() {
  const response = await fetch(here, { headers: { Accept: "text/html" } })
  if (!response.ok) return
  const next = new DOMParser().parseFromString(await response.text(), "text/html")
  const rows = [...next.querySelector("tbody").rows]
  rows.forEach((row, at) => {
    const shown = row.id && document.getElementById(row.id)
    if (shown) {
      shown.className = row.className
      ;[...row.cells].forEach((cell, i) => take(shown.cells[i], cell))
    }
    const wanted = shown || row
    if (table.rows[at] !== wanted) table.insertBefore(wanted, table.rows[at] || null)
  })
  while (table.rows.length > rows.length) table.rows[rows.length].remove()
  around.forEach((it) => take(document.querySelector(it), next.querySelector(it)))
}

async function attempt() {
  try {
    await refresh()
  } catch (e) {
    // the server is away: asked again
  }
}

if (document.body.dataset.follow) {
  const events = new EventSource(here)
  let turn = Promise.resolve() // one after the other: what is fetched last is the end
  const next = () => (turn = turn.then(attempt))
  events.addEventListener("progress", next)
  events.addEventListener("end", () => {
    events.close()
    next()
  })
} else {
  const tick = async () => {
    if (!document.hidden) await attempt()
    setTimeout(tick, 1000)
  }
  setTimeout(tick, 1000)
}
