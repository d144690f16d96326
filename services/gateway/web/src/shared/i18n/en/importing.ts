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
    lead: 'Nothing is changed yet.',
    inFile: 'In the file',
    becomes: 'Is read as',
    unknown: 'Not known',
    needed: 'needed',
    doubled: 'Given twice',
    missing: (names: string) => `Missing: ${names}`,
    problem: 'Correct the header of the file, then choose it again.',
    left: (names: string) => `Columns left out change nothing: ${names}.`,
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
  blocked: (count: number) =>
    `${count === 1 ? '1 row has a mistake' : `${n(count)} rows have mistakes`}. Nothing is imported until all rows are right: correct the file and choose it again.`,
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
