/** Which column of a file becomes which of Evergreen's: guessed, chosen by a person, and remembered. */
import { plain, type Table } from './table'
import type { ImportKind } from './types'

/** For each column of the file the column it is read as; null leaves it out. */
export type Mapping = (string | null)[]

type Known = Pick<ImportKind, 'columns' | 'needed' | 'more'>

/** Other programs' names. The first of ours that the import has and that is free is taken. */
const SYNONYMS: [RegExp, string[]][] = [
  [/^(client|customer|company|account|organi[sz]ation|business)(name)?$/, ['client', 'name']],
  [/^(contact|primarycontact|contactperson|attention|attn)(name)?$/, ['contact_name', 'name']],
  [/^(full|display|service|product|item|asset)name$|^(service|product|item|title)$/, ['name']],
  [/^(jobtitle|position|role)$/, ['title', 'contact_title']],
  [/^(e?mail|emailaddress)$/, ['email', 'contact_email', 'billing_email']],
  [/^(billing|invoice|accounts?)(e?mail|emailaddress)$/, ['billing_email']],
  [/^(cc|billingcc|ccemails?)$/, ['billing_cc_emails']],
  [/^(phone|telephone|tel|phonenumber|workphone|officephone|mainphone)$/, ['phone', 'contact_phone']],
  [/^(mobile|cell|mobilephone|cellphone|mobilenumber)$/, ['mobile', 'contact_mobile']],
  [/^(ext)$/, ['extension', 'contact_extension']],
  [/^(street|address|address1|addressline1|streetaddress|line1)$/, ['location_line1']],
  [/^(address2|addressline2|street2|suite|line2)$/, ['location_line2']],
  [/^(city|town|locality)$/, ['location_city']],
  [/^(state|province|region|county|stateprovince)$/, ['location_subdivision']],
  [/^(zip|zipcode|postcode|postalcode|plz)$/, ['location_postal_code']],
  [/^(country|countryname|countrycode|nation)$/, ['country', 'location_country']],
  [/^(web|url|homepage|webpage|websiteurl)$/, ['website']],
  [/^(vat|vatid|vatnumber|taxnumber|taxid|abn|ein)$/, ['tax_id']],
  [/^(terms|paymentterms|netdays|duedays)$/, ['net_terms']],
  [/^(currencycode|curr)$/, ['currency']],
  [/^(rate|price|unitprice|amount|sellprice|listprice|hourlyrate)$/, ['default_rate', 'hourly_rate']],
  [/^(unit|uom|unitofmeasure)$/, ['default_unit']],
  [/^(group|type|servicecategory|productcategory)$/, ['category', 'industry']],
  [/^(desc|details|summary)$/, ['description', 'notes']],
  [/^(comment|comments|remarks|memo|note)$/, ['notes', 'internal_notes']],
  [/^(costprice|buyprice|purchaseprice|unitcost)$/, ['cost']],
  [/^(labels?|tag)$/, ['tags']],
]

export function guess(header: readonly string[], known: Known): Mapping {
  const names = new Map(known.columns.map((name) => [plain(name), name]))
  const mapping: Mapping = header.map(
    (name) => names.get(plain(name)) ?? (known.more?.test(name) ? name : null),
  )
  header.forEach((name, at) => {
    if (mapping[at]) return
    const letters = plain(name).replace(/[^a-z0-9]/g, '')
    const choices = SYNONYMS.find(([pattern]) => pattern.test(letters))?.[1] ?? []
    mapping[at] = choices.find((one) => known.columns.includes(one) && !mapping.includes(one)) ?? null
  })
  return mapping.map((one, at) => (mapping.indexOf(one) === at ? one : null))
}

/** What is wrong with a mapping: needed columns that no column of the file is read as. */
export const missing = (mapping: Mapping, { needed }: Known) =>
  needed.filter((name) => !mapping.includes(name))

/** The file as it is sent: only the columns that are read, by Evergreen's names, each row at its place. */
export function mapped(table: Table, mapping: Mapping): string[][] {
  const width = mapping.length
  return table.records.map((cells, at) => {
    if (at < table.headerAt) return []
    if (at === table.headerAt) return mapping.filter((name) => name !== null)
    const kept = mapping.flatMap((name, column) =>
      name !== null && column < cells.length ? [cells[column]!] : [],
    )
    // Cells beyond the header are a mistake of the row, for the server to tell.
    return [...kept, ...cells.slice(width)]
  })
}

/** Whether the file can be sent as it is. */
export const isOwn = (header: readonly string[], mapping: Mapping) =>
  header.every((name, at) => (mapping[at] === null ? name === '' : plain(mapping[at]!) === plain(name)))

const key = (kind: string, header: readonly string[]) => `import:${kind}:${header.map(plain).join('|')}`

export function remember(kind: string, header: readonly string[], mapping: Mapping) {
  try {
    localStorage.setItem(key(kind, header), JSON.stringify(mapping))
  } catch {
    // A full or forbidden store: the next file is guessed anew.
  }
}

/** The mapping chosen for the last file with this header, as far as the columns still exist; else a guess. */
export function remembered(
  kind: string,
  header: readonly string[],
  known: Known,
): { mapping: Mapping; again: boolean } {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key(kind, header)) ?? 'null')
    const fits =
      Array.isArray(stored) &&
      stored.length === header.length &&
      stored.every((one) => one === null || known.columns.includes(one) || known.more?.test(one))
    if (fits) return { mapping: stored as Mapping, again: true }
  } catch {
    // As above.
  }
  return { mapping: guess(header, known), again: false }
}
