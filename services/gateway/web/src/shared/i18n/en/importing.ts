/** Importing a table: the file, its columns, what would happen, what happened. */
const n = (count: number) => count.toLocaleString('en-US')

export const importing = {
  export: 'Export',
  import: 'Import',
  steps: { file: 'File', columns: 'Columns', report: 'Check', done: 'Done' },
  progress: 'Steps of the import',
  drop: 'Drop a CSV file here, or',
  choose: 'choose a file',
  formats: 'Separated by commas, semicolons or tabs; UTF-8 or UTF-16; up to 10 MB.',
  fileLabel: 'CSV file',
  template: 'Download what there is now',
  templateHint: 'The export has every column. Change it in a spreadsheet and import it again.',
  tooLarge: 'This file is larger than 10 MB. Split it and import the parts.',
  unreadable: 'This file cannot be read as a table.',
  whole: {
    drop: 'Drop the file here, or',
    tooLarge: 'This file is too large.',
  },
  columns: {
    title: (name: string) => `Columns of ${name}`,
    lead: 'Columns that are left out change nothing. Your choices are kept for the next file with the same header.',
    again: 'These are your choices for the last file with the same header.',
    inFile: 'In the file',
    example: 'Example',
    becomes: 'Is read as',
    nameless: (number: number) => `Column ${number}`,
    choose: (name: string) => `Read ${name} as`,
    leaveOut: 'Leave out',
    needed: (name: string) => `${name} (required)`,
    missing: (names: string) => `Choose the column that is read as ${names}.`,
  },
  check: 'Check the rows',
  checking: 'Checking every row…',
  again: 'Choose another file',
  back: 'Back',
  report: {
    title: 'What would happen',
    doneTitle: 'What happened',
    filter: 'Show rows',
    all: 'All rows',
    create: 'New',
    update: 'Changed',
    unchanged: 'Unchanged',
    error: 'Mistakes',
    warned: 'Warnings',
    row: 'Row',
    action: 'Outcome',
    name: 'Name',
    details: 'Details',
    wholeRow: 'Row',
    none: 'No row is like that.',
    more: (count: number) => `Show ${n(count)} more`,
    shown: (shown: number, total: number) => `${n(shown)} of ${n(total)} rows`,
  },
  actions: { create: 'New', update: 'Changed', unchanged: 'Unchanged', error: 'Mistake' } as Record<
    string,
    string
  >,
  reason: 'Reason',
  blocked: (count: number) =>
    `${count === 1 ? '1 row has a mistake' : `${n(count)} rows have mistakes`}. Correct the file and choose it again, or import the good rows and correct the others later.`,
  blockedWhole: (count: number) =>
    `${count === 1 ? '1 row has a mistake' : `${n(count)} rows have mistakes`}. A dump is imported whole: correct the mistakes in ITFlow and dump it again.`,
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
    `Of ${n(rows)} rows: ${n(created)} added, ${n(updated)} changed, ${n(unchanged)} unchanged, ${n(failed)} left out.`,
  show: (list: string) => `Show ${list.toLowerCase()}`,
  nothing: 'Every row is as it is already. There is nothing to import.',
  confirm: (created: number, updated: number) =>
    created === 0
      ? `Import: change ${n(updated)}`
      : updated === 0
        ? `Import: add ${n(created)}`
        : `Import: add ${n(created)}, change ${n(updated)}`,
  importing: 'Importing…',
  done: (created: number, updated: number) => `Imported: ${n(created)} added, ${n(updated)} changed`,
  another: 'Import another file',
}
