/** The rows that were not imported, as a CSV file with the reason beside each: to correct and import again. */
import { importing } from '@/shared/i18n/en/importing'
import { headerOf, rowNumber, type Table, writeTable } from './table'
import type { ImportReport } from './types'

export function failedRows(table: Table, report: Pick<ImportReport, 'results'>): Blob {
  const width = headerOf(table).length
  const byRow = new Map(
    report.results.filter((result) => result.action === 'error').map((result) => [result.row, result.errors]),
  )
  const rows = table.records.flatMap((cells, at) => {
    const errors = byRow.get(rowNumber(at))
    if (!errors) return []
    const padded = [...cells, ...Array<string>(Math.max(width - cells.length, 0)).fill('')]
    return [[...padded, reason(errors)]]
  })
  return writeTable([[...headerOf(table), importing.reason], ...rows])
}

const reason = (errors: Record<string, string[]>) =>
  Object.entries(errors)
    .map(([column, texts]) => (column.startsWith('_') ? '' : `${column}: `) + texts.join(' '))
    .join(' ')

export function download(file: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
