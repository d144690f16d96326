/**
 * Holds the build to its budgets (gzip kB): what each entry loads at once, and what each page has loaded when it is
 * ready, everything shared included. Reads Vite's manifest; exits 1 when one is exceeded.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const DIST = fileURLToPath(new URL('../dist/', import.meta.url))
const BUDGETS = { entry: 160, route: 225, portal: 170, css: 40, chart: 125 }

const manifest = JSON.parse(await readFile(join(DIST, '.vite/manifest.json'), 'utf8'))
const sizes = new Map()

async function kilobytes(files) {
  let total = 0
  for (const file of files) {
    if (!sizes.has(file)) sizes.set(file, gzipSync(await readFile(join(DIST, file)), { level: 9 }).length)
    total += sizes.get(file)
  }
  return total / 1000
}

/** A chunk and everything it imports without asking: its scripts and style sheets. */
function closure(key, seen = new Set()) {
  if (!seen.has(key)) {
    seen.add(key)
    for (const other of manifest[key].imports ?? []) closure(other, seen)
  }
  return seen
}

const scripts = (keys) => new Set([...keys].map((key) => manifest[key].file))
const styles = (keys) => new Set([...keys].flatMap((key) => manifest[key].css ?? []))

async function measure(name, keys, budget) {
  const js = await kilobytes(scripts(keys))
  const css = await kilobytes(styles(keys))
  return [
    { name, kind: 'js', files: scripts(keys).size, size: js, budget },
    { name, kind: 'css', files: styles(keys).size, size: css, budget: BUDGETS.css },
  ]
}

const rows = []
for (const [entry, budget] of [
  ['index.html', BUDGETS.entry],
  ['portal.html', BUDGETS.portal],
]) {
  const base = closure(entry)
  rows.push(...(await measure(entry, base, budget)))
  for (const key of manifest[entry].dynamicImports ?? []) {
    if (!/src\/(features\/.*|portal)\/(list|page)\.tsx$/.test(key)) continue
    rows.push(
      ...(await measure(`${entry} + ${key.slice(4)}`, new Set([...base, ...closure(key)]), BUDGETS.route)),
    )
  }
}
for (const key of Object.keys(manifest)) {
  if (/charts?\//.test(key))
    rows.push({
      name: key,
      kind: 'js',
      files: 1,
      size: await kilobytes([manifest[key].file]),
      budget: BUDGETS.chart,
    })
}

const broken = rows.filter((row) => row.size > row.budget)
for (const { name, kind, files, size, budget } of rows) {
  const mark = size > budget ? 'OVER' : 'ok'
  console.log(
    `${mark.padEnd(5)} ${size.toFixed(1).padStart(7)} / ${budget} kB ${kind.padEnd(4)} ${String(files).padStart(2)} files  ${name}`,
  )
}
if (process.argv.includes('--json')) console.log(JSON.stringify(rows))
if (broken.length > 0) {
  console.error(`${broken.length} over budget`)
  process.exit(1)
}
