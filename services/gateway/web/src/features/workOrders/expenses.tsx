/** The materials and expenses of one work order, which can be corrected and deleted until they are invoiced. */
import { Button, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDate } from '@/shared/dates'
import { common } from '@/shared/i18n/en/common'
import { expenses as words } from '@/shared/i18n/en/expenses'
import { lazyPart } from '@/shared/lazyPart'
import { formatMoney, formatQuantity, formatRate } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { RowMenu } from '@/shared/table/RowMenu'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { type Expense, expensesOfOrder, removeExpense } from './expenseQueries'
import { refreshWork, type WorkOrder } from './queries'

const ExpenseDialog = lazyPart(async () => (await import('./expenseDialog')).ExpenseDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)

const { fields } = words
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function Expenses({ order }: { order: WorkOrder }) {
  const query = useQuery(expensesOfOrder(order.id))
  const queries = useQueryClient()
  const mayWrite = useMay('time.write')
  const mayMoney = useMay('money.read')
  const [edited, setEdited] = useState<Expense | 'new' | null>(null)
  const [deleted, setDeleted] = useState<Expense | null>(null)
  const add = mayWrite && order.status !== 'closed' && (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconPlus aria-hidden size={14} />}
      onClick={() => setEdited('new')}
    >
      {words.add}
    </Button>
  )
  return (
    <Section title={words.title} action={add} flush>
      {query.isPending ? (
        <RowsSkeleton rows={2} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Text size="sm" c="dimmed" p="md">
          {words.none}
        </Text>
      ) : (
        <SmallTable
          label={words.title}
          columns={columnsOf(mayMoney, mayWrite, setEdited, setDeleted)}
          rows={query.data.items}
          rowKey={(expense) => expense.id}
        />
      )}
      {edited && (
        <ExpenseDialog
          order={order}
          expense={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
      {deleted && (
        <DeleteDialog
          name={deleted.description}
          text={words.deleteText}
          remove={() => removeExpense(deleted)}
          onGone={() => refreshWork(queries)}
          onClose={() => setDeleted(null)}
        />
      )}
    </Section>
  )
}

type On = (expense: Expense) => void

function columnsOf(mayMoney: boolean, mayWrite: boolean, onEdit: On, onDelete: On): SmallColumn<Expense>[] {
  const rate = (amount: string | null, expense: Expense) =>
    amount === null ? '—' : formatRate(amount, expense.currency)
  return [
    { header: fields.description, cell: (expense) => <Described expense={expense} /> },
    {
      header: fields.incurred_on,
      cell: (expense) => <span className="num">{formatDate(expense.incurred_on)}</span>,
    },
    { header: fields.technician_id, cell: (expense) => expense.technician_name ?? '—' },
    { header: fields.quantity, align: 'right', cell: (expense) => formatQuantity(expense.quantity) },
    ...(mayMoney
      ? ([
          {
            header: fields.unit_cost,
            align: 'right',
            cell: (expense) => rate(expense.unit_cost, expense),
          },
          {
            header: fields.unit_price,
            align: 'right',
            cell: (expense) => rate(expense.unit_price, expense),
          },
          {
            header: fields.amount,
            align: 'right',
            cell: (expense) => formatMoney(expense.amount, expense.currency),
          },
        ] satisfies SmallColumn<Expense>[])
      : []),
    { header: fields.invoice, cell: (expense) => expense.invoice_number ?? '—' },
    ...(mayWrite
      ? [
          {
            header: common.actions,
            cell: (expense: Expense) => <Menu expense={expense} onEdit={onEdit} onDelete={onDelete} />,
          },
        ]
      : []),
  ]
}

function Described({ expense }: { expense: Expense }) {
  return (
    <>
      {expense.description}
      <Text component="span" size="xs" c="dimmed" display="block">
        {words.kinds[expense.kind]}
        {!expense.billable && ` · ${words.notBillable}`}
      </Text>
    </>
  )
}

function Menu({ expense, onEdit, onDelete }: { expense: Expense; onEdit: On; onDelete: On }) {
  const refused = expense.invoice_number ? words.onInvoice(expense.invoice_number) : undefined
  return (
    <RowMenu
      label={common.actionsOf(expense.description)}
      items={[
        { label: common.edit, icon: <IconPencil {...icon} />, refused, onClick: () => onEdit(expense) },
        {
          label: common.delete,
          icon: <IconTrash {...icon} />,
          danger: true,
          refused,
          onClick: () => onDelete(expense),
        },
      ]}
    />
  )
}
