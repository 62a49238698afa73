// Keeps the page up to date: fetches it again and takes over what changed, cell by cell, so that
// focus and selection stay. Without this script the page is loaded again every few seconds.
const table = document.querySelector("tbody")
const status = document.querySelector("[role=status]")

async function refresh() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } })
  if (!response.ok) return
  const next = new DOMParser().parseFromString(await response.text(), "text/html")
  const rows = [...next.querySelector("tbody").rows]
  rows.forEach((row, at) => {
    const shown = row.id && document.getElementById(row.id)
    if (shown) {
      shown.className = row.className
      ;[...row.cells].forEach((cell, i) => {
        if (shown.cells[i].innerHTML !== cell.innerHTML) shown.cells[i].innerHTML = cell.innerHTML
      })
    }
    const wanted = shown || row
    if (table.rows[at] !== wanted) table.insertBefore(wanted, table.rows[at] || null)
  })
  while (table.rows.length > rows.length) table.rows[rows.length].remove()
  const told = next.querySelector("[role=status]").textContent
  if (status.textContent !== told) status.textContent = told
}

async function attempt() {
  try {
    await refresh()
  } catch (e) {
    // the server is away: asked again
  }
}

if (document.body.dataset.follow) {
  const events = new EventSource(location.href)
  events.addEventListener("progress", attempt)
  events.addEventListener("end", () => {
    events.close()
    attempt()
  })
} else {
  const tick = async () => {
    if (!document.hidden) await attempt()
    setTimeout(tick, 1000)
  }
  setTimeout(tick, 1000)
}
