/** What a page tells a chart. */
import type { ReactNode } from 'react'

export type ChartSeries<Row> = {
  name: string
  color: string
  /** A decimal string, as the server sent it. */
  value: (row: Row) => string
}

export type ChartProps<Row> = {
  title: string
  rows: Row[]
  category: { header: string; label: (row: Row) => string }
  series: ChartSeries<Row>[]
  /** How a value is written, in the table and beside the pointer. */
  format: (value: string) => string
  empty?: ReactNode
}
