const n = (count: number) => count.toLocaleString('en-US')
const rough = (count: number) => count.toLocaleString('en-US', { maximumSignificantDigits: 2 })

/** The shared table's own words. */
export const table = {
  columns: 'Columns',
  layout: { label: 'Layout', table: 'Table', cards: 'Cards' },
  density: { label: 'Row height', comfortable: 'Comfortable', compact: 'Compact' },
  view: 'View',
  saved: {
    title: 'Saved views',
    none: 'No views saved for this list.',
    name: 'Save what is shown as',
    needed: 'Enter a name.',
    shared: 'For all staff',
    save: 'Save view',
    sharedName: (name: string) => `${name} (all staff)`,
    delete: (name: string) => `Delete the view ${name}`,
    replace: (name: string) => `Replace the view ${name} with what is shown`,
    deleted: (name: string) => `View deleted: ${name}`,
    done: (name: string) => `View saved: ${name}`,
  },
  clear: 'Clear',
  filtersAndSort: (count: number) => (count > 0 ? `Filters and sort (${count})` : 'Filters and sort'),
  selectRow: (name: string) => `Select ${name}`,
  selectAll: 'Select all rows shown',
  selected: (count: number) => `${n(count)} selected`,
  clearSelection: 'Clear selection',
  selectMatching: (count: number) => `Select all ${n(count)} matches`,
  selectedMatching: (count: number) => `All ${n(count)} matches selected`,
  shown: (shown: number, total: number, exact: boolean) => {
    if (!exact) return shown < total ? `${n(shown)} of about ${rough(total)}` : `${n(shown)} shown`
    return shown >= total ? `${n(shown)} in total` : `${n(shown)} of ${n(total)}`
  },
  more: 'Load more',
  sortBy: 'Sort by',
  ascending: 'ascending',
  descending: 'descending',
  searching: 'Updating…',
  changing: 'Progress of the change',
  done: (done: string, count: number) => `${done}: ${n(count)}`,
  doneOne: (done: string, name: string) => `${done}: ${name}`,
  skipped: (count: number, why: string) => `${n(count)} not changed: ${why}`,
  failed: (count: number, why: string) => `${n(count)} failed: ${why}`,
}

export const shortcuts = {
  title: 'Keyboard shortcuts',
  anywhere: 'Anywhere',
  lists: 'In a list',
  palette: 'Search and go anywhere',
  search: 'Search this list',
  help: 'Show this help',
  down: 'Next row',
  up: 'Previous row',
  open: 'Open the row',
  select: 'Select the row',
  edit: 'Edit the row',
  goTo: (page: string) => `Go to ${page}`,
}
