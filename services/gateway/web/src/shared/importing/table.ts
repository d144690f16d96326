/** A CSV file as a table, read by the server's rules, and written back with other columns. */
const DELIMITERS = [',', ';', '\t']
const SEPARATOR_LINE = /^[ \t]*("?)sep=([^\w"'\r\n])\1\2*[ \t]*(\r\n|\r|\n|$)/i

/** `records` begin with the header; blank rows stay, so that rows are numbered as in a spreadsheet. */
export type Table = { records: string[][]; headerAt: number }

export async function readTable(file: Blob, known: readonly string[]): Promise<Table> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return parseTable(new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes), known)
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** The separator is the one that a first line `sep=;` names, else the one that makes the most known columns. */
export function parseTable(text: string, known: readonly string[]): Table {
  const whole = text.replace(/^\uFEFF/, '')
  const told = SEPARATOR_LINE.exec(whole)
  const body = told ? whole.slice(told[0].length) : whole
  const records = recordsOf(body, told ? told[2]! : delimiterOf(body, known))
  const headerAt = records.findIndex((cells) => cells.some((cell) => cell.trim()))
  if (headerAt < 0) throw new Error('The file is empty.')
  return { records, headerAt }
}

export const headerOf = ({ records, headerAt }: Table) => records[headerAt]!.map((cell) => cell.trim())

/** The rows below the header by their number in a spreadsheet. */
export const rowNumber = (at: number) => at + 1

function delimiterOf(text: string, known: readonly string[]): string {
  const names = new Set(known.map(plain))
  let best = DELIMITERS[0]!
  let bestFit = [-1, -1] as [number, number]
  for (const delimiter of DELIMITERS) {
    const [first] = recordsOf(text, delimiter, 1)
    const cells = (first ?? []).map((cell) => cell.trim())
    const fit: [number, number] = [cells.filter((cell) => names.has(plain(cell))).length, cells.length]
    if (fit[0] > bestFit[0] || (fit[0] === bestFit[0] && fit[1] > bestFit[1])) {
      best = delimiter
      bestFit = fit
    }
  }
  return best
}

/** All records, or up to the first `most` that have something in them. */
function recordsOf(text: string, delimiter: string, most = Number.POSITIVE_INFINITY): string[][] {
  const records: string[][] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let filled = 0
  const end = () => {
    const record = [...cells, cell]
    const has = record.some((one) => one.trim())
    if (has) filled++
    if (has || most === Number.POSITIVE_INFINITY) records.push(record)
    cells = []
    cell = ''
  }
  for (let at = 0; at < text.length && filled < most; at++) {
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
      cells.push(cell)
      cell = ''
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at++
      end()
    } else cell += char
  }
  if (cells.length > 0 || cell) end()
  return records
}

export function writeTable(records: readonly (readonly string[])[]): Blob {
  const lines = records.map((cells) => cells.map(quoted).join(','))
  return new Blob([`\uFEFF${lines.join('\r\n')}\r\n`], { type: 'text/csv' })
}

const quoted = (cell: string) => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** Names that differ in case, spaces, underscores or hyphens are the same. */
export const plain = (name: string) => name.toLowerCase().replace(/[ _\-\t]/g, '')
