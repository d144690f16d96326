/** Stacked bars, drawn by Recharts: fetched with the first chart of a page. */
import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import { plotted } from '@/shared/numbers'
import type { ChartProps } from './types'

const CATEGORY = 'category'

export function Bars<Row>({ rows, category, series, format }: ChartProps<Row>) {
  return (
    <BarChart
      h="100%"
      data={rows.map((row) => ({
        [CATEGORY]: category.label(row),
        ...Object.fromEntries(series.map(({ name, value }) => [name, plotted(value(row))])),
      }))}
      dataKey={CATEGORY}
      type="stacked"
      series={series.map(({ name, color }) => ({ name, color: color.replace('-', '.') }))}
      valueFormatter={(value) => format(String(value))}
      maxBarWidth={48}
      barChartProps={{ stackOffset: 'sign' }}
      barProps={{ isAnimationActive: false }}
    />
  )
}
