/** Email addresses as people type and paste them. Understands what libs/common's `emails.split` understands. */

const ADDRESS = /^[^\s@,;<>"()]+@[^\s@,;<>"()]+\.[^\s@,;<>"().]{2,}$/
const TOKEN =
  /"(?:\\.|[^"\\\r\n]|\r?\n[ \t])*"|<[^<>]*>|\((?:\\.|[^()\\\r\n])*\)|[,;\t\r\n，；、]|[^,;\t\r\n，；、"<(]+|./gu
const SEPARATOR = /^[,;\t\r\n，；、]$/
/** Between a name without quotes and its address: `Müller, Jörg <jm@x.example>`, or two cells of a sheet. */
const AFTER_A_NAME = /^[,\t，]$/
const LABEL = /^[^@:<"]*:\s*/
const QUERY = /^([^?]*@[^?]*)\?.*$/
const QUOTES = /^(["'])(.*)\1$/

export const isEmail = (text: string) => ADDRESS.test(text)

/** Returns the addresses in a pasted list; an entry without one is returned as written, for the check to refuse. */
export function splitAddresses(text: string): string[] {
  return entries(text).flatMap(addresses)
}

/** Returns what two spellings of one address share: the domain in ASCII by IDNA 2008, all in lower case. */
export function addressKey(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  try {
    return `${address.slice(0, at).toLowerCase()}@${new URL(`http://${domain}`).hostname}`
  } catch {
    return address.toLowerCase()
  }
}

/** Returns the list with each address once, in the order given. */
export function withoutTwins(list: string[]): string[] {
  const seen = new Map<string, string>()
  for (const address of list) if (!seen.has(addressKey(address))) seen.set(addressKey(address), address)
  return [...seen.values()]
}

function entries(text: string): string[] {
  const found: string[] = []
  let names: string[] = []
  const withoutSeparator = () => names.map((name) => name.slice(0, -1))
  for (const [piece, separator] of pieces(text)) {
    const entry = piece.trim()
    if (!entry) continue
    if (!entry.includes('@') && AFTER_A_NAME.test(separator)) {
      names.push(entry + separator)
      continue
    }
    const ofNames = entry.includes('@') && (entry.includes('<') || names.at(-1)?.endsWith('\t'))
    if (!ofNames) found.push(...withoutSeparator())
    found.push(entry)
    names = []
  }
  return [...found, ...withoutSeparator()]
}

/** What stands between separators, each with the separator after it; an address in brackets ends one too. */
function pieces(text: string): [string, string][] {
  const found: [string, string][] = []
  let piece = ''
  for (const token of text.match(TOKEN) ?? []) {
    if (SEPARATOR.test(token)) {
      found.push([piece, token])
      piece = ''
    } else if (piece.trimEnd().endsWith('>') && token.trim()) {
      found.push([piece, ''])
      piece = token
    } else piece += token
  }
  return [...found, [piece, '']]
}

function addresses(entry: string): string[] {
  const tokens = entry.match(TOKEN) ?? []
  const inBrackets = tokens.filter((token) => token.startsWith('<') && token.includes('@')).at(-1)
  if (inBrackets)
    return pieces(inBrackets.slice(1, -1))
      .filter(([part]) => part.trim())
      .map(([part]) => bare(part))
  const plain =
    tokens
      .filter((token) => !token.startsWith('(') || token === '(')
      .join('')
      .trim() || entry
  const words = plain.split(/\s+/)
  return words.length > 1 && words.every((word) => word.includes('@')) ? words.map(bare) : [bare(plain)]
}

/** Without quotes around it, without `mailto:` or the label of a header or group. */
function bare(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  const unquoted = QUOTES.exec(line)?.[2]?.trim() ?? line
  const labelled = unquoted.replace(LABEL, '')
  const plain = QUERY.exec(labelled)?.[1] ?? labelled
  return /mailto:/i.test(text) ? decoded(plain) : plain
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
