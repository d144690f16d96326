/** A chart whose figures stand behind it as a table: one button swaps them. The drawing is fetched when first shown. */
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { charts as words } from '@/shared/i18n/en/charts'
import { lazyPart } from '@/shared/lazyPart'
import { Section } from '@/shared/Section'
import { SmallTable } from '@/shared/table/SmallTable'
import classes from './Chart.module.css'
import type { ChartProps } from './types'

const Bars = lazyPart(async () => (await import('./bars')).Bars, <div className={classes.chart} />)

export function Chart<Row>(props: ChartProps<Row>) {
  const { title, rows, category, series, format, empty } = props
  const [asTable, setAsTable] = useState(false)
  const columns = [
    { header: category.header, cell: category.label },
    ...series.map(({ name, value }) => ({
      header: name,
      cell: (row: Row) => format(value(row)),
      align: 'right' as const,
    })),
  ]
  if (rows.length === 0) return empty ? <Section title={title}>{empty}</Section> : null
  return (
    <Section
      title={title}
      action={
        <Button variant="subtle" size="compact-xs" onClick={() => setAsTable(!asTable)}>
          {asTable ? words.asChart : words.asTable}
        </Button>
      }
    >
      {asTable ? (
        <SmallTable label={title} columns={columns} rows={rows} rowKey={category.label} />
      ) : (
        <>
          <Group gap="md" className={classes.legend} aria-hidden>
            {series.map(({ name, color }) => (
              <span key={name}>
                <i style={{ background: `var(--mantine-color-${color})` }} />
                {name}
              </span>
            ))}
          </Group>
          <div role="img" aria-label={words.chartOf(title)} className={classes.chart}>
            <Bars {...props} />
          </div>
        </>
      )}
    </Section>
  )
}
