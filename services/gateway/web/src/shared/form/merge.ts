/** What two people changed in one object, put together field by field. */
type Fields = Record<string, unknown>

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * Returns `mine` with every change of `theirs` that does not meet one of mine, and the names of the fields that both
 * changed to something different: those keep what is mine. `base` is what both started from.
 */
export function mergeValues<Values extends Fields>(base: Values, mine: Values, theirs: Values) {
  const values: Fields = { ...mine }
  const conflicts: (keyof Values & string)[] = []
  for (const field of Object.keys(theirs)) {
    if (same(theirs[field], base[field]) || same(theirs[field], mine[field])) continue
    if (same(mine[field], base[field])) values[field] = theirs[field]
    else conflicts.push(field)
  }
  return { values: values as Values, conflicts }
}
