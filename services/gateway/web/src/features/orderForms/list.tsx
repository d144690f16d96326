import { Badge, Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import { WorkSections } from '@/features/workOrders/sections'
import { orderForms as words } from '@/shared/i18n/en/orderForms'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { EditLink } from '@/shared/table/EditLink'
import type { Column, Filter } from '@/shared/table/types'
import { fetchForms, formsKey, type OrderForm } from './queries'

const FormEditor = lazyPart(async () => (await import('./dialog')).FormEditor)

const { fields } = words
const filters: Filter[] = [
  clientFilter,
  {
    key: 'active',
    label: fields.active!,
    options: [
      { value: 'true', label: words.inUse },
      { value: 'false', label: words.notInUse },
    ],
  },
]

export function OrderFormList() {
  const mayWrite = useMay('work.setup')
  const [edited, setEdited] = useState<OrderForm | 'new' | null>(null)
  const columns = useMemo(() => columnsFor(mayWrite ? setEdited : null), [mayWrite])
  const add = mayWrite && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setEdited('new')}>
      {words.new}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.title}>{add}</PageHeader>
      <WorkSections />
      <DataTable
        label={words.title}
        queryKey={formsKey}
        fetchPage={fetchForms}
        columns={columns}
        rowName={(form) => form.name}
        defaultSort="name"
        searchLabel={words.search}
        filters={filters}
        empty={{ ...words.empty, action: add || undefined }}
      />
      {edited && <FormEditor form={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  )
}

function columnsFor(onEdit: ((form: OrderForm) => void) | null): Column<OrderForm>[] {
  return [
    {
      id: 'name',
      header: fields.name!,
      sort: 'name',
      card: 'title',
      cell: (form) => (
        <div>
          <EditLink onEdit={onEdit && (() => onEdit(form))}>{form.name}</EditLink>
          <Text size="xs" c="dimmed" lineClamp={1} maw="34rem">
            {form.description}
          </Text>
        </div>
      ),
    },
    { id: 'client', header: fields.client_id!, cell: (form) => form.client_name ?? words.allClients },
    { id: 'service', header: fields.service_id!, cell: (form) => form.service_name ?? '—' },
    { id: 'questions', header: fields.questions!, cell: (form) => words.count(form.questions.length) },
    {
      id: 'version',
      header: fields.version!,
      width: '6rem',
      cell: (form) => words.version(form.form_version),
    },
    {
      id: 'active',
      header: fields.active!,
      card: 'corner',
      width: '8rem',
      cell: ({ active }) => (
        <Badge color={active ? 'evergreen' : 'gray'}>{active ? words.inUse : words.notInUse}</Badge>
      ),
    },
  ]
}
