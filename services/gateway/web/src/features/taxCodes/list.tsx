import { Badge, Button, Group, Text } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconPencil, IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { CatalogSections } from '@/features/catalog/sections'
import { toggleArchived } from '@/shared/archiving'
import { taxCodes as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { formatPercent } from '@/shared/money'
import { PageHeader } from '@/shared/PageHeader'
import { StatusBadge } from '@/shared/StatusBadge'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { EditLink } from '@/shared/table/EditLink'
import { RowMenu } from '@/shared/table/RowMenu'
import { type Column, statusFilter } from '@/shared/table/types'
import { archiveOne, fetchTaxCodes, restoreOne, type TaxCode, taxCodesKey } from './queries'

const TaxCodeDialog = lazyPart(async () => (await import('./dialog')).TaxCodeDialog)

const { fields } = words
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }
const filters = [statusFilter]

export function TaxCodeList() {
  const mayWrite = useMay('catalog.write')
  const [edited, setEdited] = useState<TaxCode | 'new' | null>(null)
  const columns = useMemo(() => columnsFor(mayWrite ? setEdited : null), [mayWrite])
  const add = mayWrite && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setEdited('new')}>
      {words.new}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.title}>{add}</PageHeader>
      <CatalogSections />
      <DataTable
        label={words.title}
        queryKey={taxCodesKey}
        fetchPage={fetchTaxCodes}
        columns={columns}
        rowName={(taxCode) => taxCode.name}
        defaultSort="name"
        searchLabel={words.search}
        filters={filters}
        empty={{ ...words.empty, action: add || undefined }}
      />
      {edited && <TaxCodeDialog taxCode={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  )
}

function columnsFor(onEdit: ((taxCode: TaxCode) => void) | null): Column<TaxCode>[] {
  const columns: Column<TaxCode>[] = [
    {
      id: 'name',
      header: fields.name,
      sort: 'name',
      card: 'title',
      cell: (taxCode) => (
        <div>
          <EditLink onEdit={onEdit && (() => onEdit(taxCode))}>{taxCode.name}</EditLink>
          <Text size="xs" c="dimmed" lineClamp={1} maw="40rem">
            {taxCode.description}
          </Text>
        </div>
      ),
    },
    { id: 'code', header: fields.code, width: '8rem', cell: (taxCode) => taxCode.code ?? '—' },
    {
      id: 'rate',
      header: fields.rate,
      align: 'right',
      width: '8rem',
      cell: (taxCode) => (taxCode.exempt ? '—' : shownPercent(taxCode.rate_percent)),
    },
    {
      id: 'treatment',
      header: fields.treatment,
      width: '22rem',
      cell: (taxCode) => <Treatment taxCode={taxCode} />,
    },
    {
      id: 'status',
      header: fields.status,
      card: 'corner',
      width: '7rem',
      cell: (taxCode) => <StatusBadge status={taxCode.status} />,
    },
  ]
  if (onEdit)
    columns.push({
      id: 'actions',
      header: common.actions,
      bare: true,
      card: 'corner',
      align: 'right',
      width: '3rem',
      cell: (taxCode) => <TaxCodeMenu taxCode={taxCode} onEdit={() => onEdit(taxCode)} />,
    })
  return columns
}

const shownPercent = (rate: string | null) => (rate === null ? '—' : formatPercent(rate))

function Treatment({ taxCode }: { taxCode: TaxCode }) {
  if (taxCode.exempt)
    return (
      <Group gap={6}>
        <Badge color="orange">{words.exempt}</Badge>
        <Text size="xs" c="dimmed">
          {taxCode.exempt_reason}
        </Text>
      </Group>
    )
  const parts = taxCode.components.map(
    ({ name, rate_percent, compound }) =>
      `${name} ${shownPercent(rate_percent)}${compound ? ` (${words.compound})` : ''}`,
  )
  return (
    <Group gap={6}>
      <Badge color={taxCode.inclusive ? 'blue' : 'gray'}>
        {taxCode.inclusive ? words.inclusive : words.exclusive}
      </Badge>
      <Text size="xs" c="dimmed">
        {parts.join(' + ')}
      </Text>
    </Group>
  )
}

function TaxCodeMenu({ taxCode, onEdit }: { taxCode: TaxCode; onEdit: () => void }) {
  const queries = useQueryClient()
  const archived = taxCode.status === 'archived'
  const keep = () => queries.invalidateQueries({ queryKey: taxCodesKey })
  const items = [
    { label: common.edit, icon: <IconPencil {...icon} />, onClick: onEdit },
    {
      label: archived ? common.restore : common.archive,
      icon: archived ? <IconArchiveOff {...icon} /> : <IconArchive {...icon} />,
      onClick: () => toggleArchived(taxCode, { archive: archiveOne, restore: restoreOne, keep }),
    },
  ]
  return <RowMenu label={common.actionsOf(taxCode.name)} items={items} />
}
