/** What an hour of each technician costs, from which day on. */
import { Group, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { formatDate } from '@/shared/dates'
import { common } from '@/shared/i18n/en/common'
import { reports } from '@/shared/i18n/en/reports'
import { lazyPart } from '@/shared/lazyPart'
import { formatRate } from '@/shared/money'
import { PageHeader } from '@/shared/PageHeader'
import { DataTable } from '@/shared/table/DataTable'
import { RowMenu } from '@/shared/table/RowMenu'
import type { Column } from '@/shared/table/types'
import {
  fetchLaborRates,
  type LaborRate,
  laborRatesKey,
  removeLaborRate,
  type Technician,
} from './laborRateQueries'
import { marginKey } from './queries'
import { ReportSections } from './sections'

const LaborRateDialog = lazyPart(async () => (await import('./laborRateDialog')).LaborRateDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)

const words = reports.laborRates
const { fields } = words
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }
const HOUR = 'Hour'

type Chosen = { technician: Technician; rate: LaborRate | null }
type On = (chosen: Chosen) => void

const columnsFor = (onEdit: On, onDelete: On): Column<Technician>[] => [
  {
    id: 'name',
    header: fields.technician,
    sort: 'name',
    card: 'title',
    cell: (row) => (
      <Group gap="xs">
        <span>{row.name}</span>
        {!row.active && (
          <Text span size="xs" c="dimmed">
            {words.former}
          </Text>
        )}
      </Group>
    ),
  },
  {
    id: 'current',
    header: fields.current,
    align: 'right',
    cell: (row) =>
      row.current_rate === null ? (
        <Text span inherit c="dimmed">
          {words.none}
        </Text>
      ) : (
        <strong>{formatRate(row.current_rate, row.currency, HOUR)}</strong>
      ),
  },
  {
    id: 'history',
    header: fields.history,
    cell: (row) =>
      row.rates
        .map((rate) => words.from(formatRate(rate.rate, rate.currency, HOUR), formatDate(rate.valid_from)))
        .join(', ') || '—',
  },
  {
    id: 'menu',
    header: common.actions,
    bare: true,
    cell: (row) => <Menu row={row} onEdit={onEdit} onDelete={onDelete} />,
  },
]

function Menu({ row, onEdit, onDelete }: { row: Technician; onEdit: On; onDelete: On }) {
  return (
    <RowMenu
      label={common.actionsOf(row.name)}
      items={[
        {
          label: words.add,
          icon: <IconPlus {...icon} />,
          onClick: () => onEdit({ technician: row, rate: null }),
        },
        ...row.rates.map((rate) => ({
          label: words.editFrom(formatDate(rate.valid_from)),
          icon: <IconPencil {...icon} />,
          onClick: () => onEdit({ technician: row, rate }),
        })),
        ...row.rates.map((rate) => ({
          label: words.deleteFrom(formatDate(rate.valid_from)),
          icon: <IconTrash {...icon} />,
          danger: true,
          onClick: () => onDelete({ technician: row, rate }),
        })),
      ]}
    />
  )
}

export function LaborRates() {
  const queries = useQueryClient()
  const [edited, setEdited] = useState<Chosen | null>(null)
  const [deleted, setDeleted] = useState<Chosen | null>(null)
  const columns = useMemo(() => columnsFor(setEdited, setDeleted), [])
  const refresh = () =>
    Promise.all([laborRatesKey, marginKey].map((queryKey) => queries.invalidateQueries({ queryKey })))
  return (
    <>
      <PageHeader title={words.title} />
      <ReportSections />
      <Text size="sm" c="dimmed" mb="sm">
        {words.lead}
      </Text>
      <DataTable
        label={words.title}
        queryKey={laborRatesKey}
        fetchPage={fetchLaborRates}
        columns={columns}
        rowName={(row) => row.name}
        defaultSort="name"
        searchLabel={words.search}
        empty={words.empty}
      />
      {edited && <LaborRateDialog {...edited} onClose={() => setEdited(null)} />}
      {deleted?.rate && (
        <DeleteDialog
          name={words.rateOf(deleted.technician.name, formatDate(deleted.rate.valid_from))}
          text={words.deleteText}
          remove={() => removeLaborRate(deleted.rate!)}
          onGone={refresh}
          onClose={() => setDeleted(null)}
        />
      )}
    </>
  )
}
