/** Importing a file: choosing it, mapping columns, preview, results. */
const n = (count: number) => count.toLocaleString('en-US')

export const importing = {
  export: 'Export',
  import: 'Import',
  steps: { file: 'File', columns: 'Columns', report: 'Preview', done: 'Done' },
  progress: 'Steps of the import',
  drop: 'Drop a CSV file here, or',
  choose: 'choose a file',
  formats: 'Separated by commas, semicolons or tabs; UTF-8 or UTF-16; up to 10 MB.',
  fileLabel: 'CSV file',
  template: 'Download current data (CSV)',
  templateHint: 'The file has every column. Edit it in a spreadsheet and import it again.',
  tooLarge: 'This file is larger than 10 MB. Split it into smaller files.',
  unreadable: 'This file isn’t a readable CSV file.',
  whole: {
    drop: 'Drop the file here, or',
    tooLarge: 'This file is too large.',
  },
  columns: {
    title: (name: string) => `Columns of ${name}`,
    lead: 'Skipped columns change nothing. Your choices are saved for the next file with the same header.',
    again: 'These are your choices from the last file with the same header.',
    inFile: 'In the file',
    example: 'Example',
    becomes: 'Import as',
    nameless: (number: number) => `Column ${number}`,
    choose: (name: string) => `Import ${name} as`,
    leaveOut: 'Skip this column',
    needed: (name: string) => `${name} (required)`,
    missing: (names: string) => `Choose the column for ${names}.`,
  },
  check: 'Check the rows',
  again: 'Choose another file',
  back: 'Back',
  report: {
    title: 'Preview',
    doneTitle: 'Import results',
    filter: 'Show rows',
    all: 'All rows',
    create: 'New',
    update: 'Changed',
    unchanged: 'Unchanged',
    error: 'Errors',
    warned: 'Warnings',
    row: 'Row',
    action: 'Result',
    name: 'Name',
    details: 'Details',
    wholeRow: 'Row',
    none: 'No matching rows.',
    more: (count: number) => `Show ${n(count)} more`,
    shown: (shown: number, total: number) => `${n(shown)} of ${n(total)} rows`,
  },
  actions: { create: 'New', update: 'Changed', unchanged: 'Unchanged', error: 'Error' } as Record<
    string,
    string
  >,
  reason: 'Reason',
  blocked: (count: number) =>
    `${count === 1 ? '1 row has an error' : `${n(count)} rows have errors`}. Fix the file and choose it again, or import the good rows now and fix the others later.`,
  blockedWhole: (count: number) =>
    `${count === 1 ? '1 row has an error' : `${n(count)} rows have errors`}. A dump can only be imported without errors. Fix them in ITFlow and create a new dump.`,
  importGood: (count: number) => (count === 1 ? 'Import the good row' : `Import the ${n(count)} good rows`),
  downloadFailed: (count: number) =>
    count === 1 ? 'Download the bad row' : `Download the ${n(count)} bad rows`,
  summary: ({
    rows,
    created,
    updated,
    unchanged,
    failed,
  }: Record<'rows' | 'created' | 'updated' | 'unchanged' | 'failed', number>) =>
    `Of ${n(rows)} rows: ${n(created)} added, ${n(updated)} changed, ${n(unchanged)} unchanged, ${n(failed)} not imported.`,
  show: (list: string) => `Show ${list.toLowerCase()}`,
  nothing: 'All rows match the current data. There is nothing to import.',
  confirm: (created: number, updated: number) =>
    created === 0
      ? `Import: change ${n(updated)}`
      : updated === 0
        ? `Import: add ${n(created)}`
        : `Import: add ${n(created)}, change ${n(updated)}`,
  running: 'Import',
  rowsOf: (done: number, total: number) =>
    done < total ? `${n(done)} of ${n(total)} rows checked` : `${n(total)} rows checked. Saving…`,
  leave: 'The import continues if you leave this page. Its report stays here and under Tasks.',
  cancel: 'Cancel import',
  cancelled: 'The import was canceled. Nothing was imported.',
  done: (created: number, updated: number) => `Imported: ${n(created)} added, ${n(updated)} changed`,
  another: 'Import another file',
}
