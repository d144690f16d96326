/**
 * The header of a file, read before it is sent, so that a wrong column is seen at once. The server decides: it reads
 * the whole file by the same rules.
 */
const DELIMITERS = [',', ';', '\t']
const ENOUGH_BYTES = 64 * 1024

export async function readHeader(file: Blob, known: readonly string[]): Promise<string[]> {
  const bytes = new Uint8Array(await file.slice(0, ENOUGH_BYTES).arrayBuffer())
  return parseHeader(new TextDecoder(encodingOf(bytes)).decode(bytes), known)
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** The separator is the one that makes the most known columns; the most columns, if it makes none. */
export function parseHeader(text: string, known: readonly string[]): string[] {
  const names = new Set(known.map(plain))
  let best: string[] = []
  let bestFit = [-1, -1] as [number, number]
  for (const delimiter of DELIMITERS) {
    const cells = firstRecord(text.replace(/^\uFEFF/, ''), delimiter)
    const fit: [number, number] = [cells.filter((cell) => names.has(plain(cell))).length, cells.length]
    if (fit[0] > bestFit[0] || (fit[0] === bestFit[0] && fit[1] > bestFit[1])) {
      best = cells
      bestFit = fit
    }
  }
  return best
}

function firstRecord(text: string, delimiter: string): string[] {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (char === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (char === delimiter) {
      cells.push(cell.trim())
      cell = ''
    } else if (char === '\n' || char === '\r') {
      if (cells.length > 0 || cell.trim()) break
    } else cell += char
  }
  return [...cells, cell.trim()]
}

/** Names that differ in case, spaces, underscores or hyphens are the same. */
export const plain = (name: string) => name.toLowerCase().replace(/[ _\-\t]/g, '')

export type Column = { name: string; as: string | null; doubled: boolean }
type Known = { columns: readonly string[]; needed: readonly string[]; more?: RegExp }

/** What each column is read as, and which are missing or left out. */
export function matchColumns(header: string[], { columns, needed, more }: Known) {
  const names = new Map(columns.map((name) => [plain(name), name]))
  const read = header.map((name) => names.get(plain(name)) ?? (more?.test(name) ? name : null))
  const found: Column[] = header.map((name, at) => ({
    name,
    as: read[at]!,
    doubled: read[at] !== null && read.indexOf(read[at]!) !== at,
  }))
  const missing = needed.filter((name) => !read.includes(name))
  const left = columns.filter((name) => !read.includes(name) && !needed.includes(name))
  const wrong = missing.length > 0 || found.some(({ name, as, doubled }) => (name && !as) || doubled)
  return { found: found.filter(({ name }) => name), missing, left, wrong }
}
