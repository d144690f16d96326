import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconClockPlus, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Crumbs } from '@/shared/Crumbs'
import { formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { common } from '@/shared/i18n/en/common'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { formatQuantity } from '@/shared/money'
import { notifyError } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { RowMenu } from '@/shared/table/RowMenu'
import { useKey } from '@/shared/useKey'
import { Due, OrderStatus, Priority } from './cells'
import { FormAnswers } from './formAnswers'
import { choicesQuery, orderQuery, refreshWork, removeOrder, saveOrder, type WorkOrder } from './queries'
import { TargetText } from './sla'
import { OrderTasks } from './tasks'
import { TimeTable } from './timeTable'
import classes from './work.module.css'

const StartTimer = lazyPart(async () => (await import('@/features/timers/start')).StartTimer)
const StatusMenu = lazyPart(
  async () => (await import('./statusMenu')).StatusMenu,
  <Button variant="default" disabled>
    {words.changeStatus}
  </Button>,
)
const OrderForm = lazyPart(async () => (await import('./orderForm')).OrderForm)
const TimeDialog = lazyPart(async () => (await import('./timeDialog')).TimeDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)
const Conversation = lazyPart(async () => (await import('./conversation')).Conversation)
const Expenses = lazyPart(async () => (await import('./expenses')).Expenses)
const OrderActivity = lazyPart(async () => (await import('./activity')).OrderActivity)

const { fields } = words
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function WorkOrderPage() {
  const { workOrderId } = useParams({ from: '/frame/work-orders/$workOrderId' })
  const query = useQuery(orderQuery(workOrderId))
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  return <Loaded order={query.data} />
}

function Loaded({ order }: { order: WorkOrder }) {
  const mayWrite = useMay('time.write')
  const mayActivity = useMay('activity.read')
  const [open, setOpen] = useState<'edit' | 'time' | 'delete' | null>(null)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const mayLog = mayWrite && order.status !== 'closed'
  useKey('t', () => mayLog && setOpen('time'))
  const close = () => setOpen(null)
  return (
    <>
      <PageHeader
        title={order.subject!}
        badge={<OrderStatus status={order.status} />}
        above={<Crumbs to="/work-orders" label={words.title} />}
      >
        {mayWrite && (
          <>
            {mayLog && (
              <Button
                leftSection={<IconClockPlus aria-hidden size={15} />}
                aria-keyshortcuts="t"
                onClick={() => setOpen('time')}
              >
                {words.logTime}
              </Button>
            )}
            {mayLog && <StartTimer order={order} />}
            <StatusMenu order={order} />
            <RowMenu
              label={common.actionsOf(order.number!)}
              variant="default"
              items={[
                { label: common.edit, icon: <IconPencil {...icon} />, onClick: () => setOpen('edit') },
                {
                  label: common.delete,
                  icon: <IconTrash {...icon} />,
                  danger: true,
                  onClick: () => setOpen('delete'),
                },
              ]}
            />
          </>
        )}
      </PageHeader>
      <Stack gap="md">
        {mayLog && order.suggested_agreement_id && <Suggestion order={order} />}
        <Conversation order={order} />
        <TimeTable order={order} />
        <FormAnswers orderId={order.id} />
        <Expenses order={order} />
        <OrderTasks order={order} />
        <Details order={order} />
        {mayActivity && <OrderActivity order={order} />}
      </Stack>
      {open === 'edit' && <OrderForm order={order} onClose={close} />}
      {open === 'time' && <TimeDialog order={order} onClose={close} />}
      {open === 'delete' && (
        <DeleteDialog
          name={order.number!}
          text={words.deleteText}
          remove={() => removeOrder(order)}
          onGone={() => {
            navigate({ to: '/work-orders' })
            refreshWork(queries)
          }}
          onClose={close}
        />
      )}
    </>
  )
}

/** An order without an agreement, of a client that has one: its time would draw none of the agreed hours. */
function Suggestion({ order }: { order: WorkOrder }) {
  const queries = useQueryClient()
  const choices = useQuery(choicesQuery(order.client_id!, null)).data
  const suggested = choices?.agreements.find((one) => one.id === order.suggested_agreement_id)
  if (!suggested) return null
  const use = () =>
    saveOrder(order, { agreement_id: suggested.id })
      .then(() => refreshWork(queries))
      .catch(notifyError)
  return (
    <Alert color="blue">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{words.suggestedHint}</Text>
        <Button variant="default" onClick={use}>
          {words.adopt(`${suggested.number} ${suggested.name}`)}
        </Button>
      </Group>
    </Alert>
  )
}

function Details({ order }: { order: WorkOrder }) {
  const agreement = order.agreement_id && (
    <TextLink to="/agreements/$agreementId" params={{ agreementId: order.agreement_id }} fz="sm">
      {order.agreement_number} {order.agreement_name}
    </TextLink>
  )
  return (
    <Section title={words.facts}>
      <Facts
        facts={[
          [
            fields.number!,
            <span key="number" className="num">
              {order.number}
            </span>,
          ],
          [
            fields.client!,
            <TextLink key="client" to="/clients/$clientId" params={{ clientId: order.client_id! }} fz="sm">
              {order.client_name ?? order.client_id}
            </TextLink>,
          ],
          [fields.contact_id!, order.contact_name],
          [fields.agreement_id!, agreement],
          [fields.service_id!, order.service_name],
          [fields.priority!, <Priority key="priority" priority={order.priority!} />],
          [fields.technician_id!, order.technician_name],
          [fields.due_on!, <Due key="due" order={order} />],
          [fields.estimated_hours!, order.estimated_hours && formatQuantity(order.estimated_hours)],
          ...order.sla.map((target): [string, ReactNode] => [
            words.sla.facts[target.target]!,
            <TargetText key={target.target} target={target} />,
          ]),
          [fields.billable!, order.billable ? common.yes : words.contractCovered],
          [
            fields.hours_logged!,
            words.time.total(formatQuantity(order.hours_logged), formatQuantity(order.hours_billed)),
          ],
          [
            fields.description!,
            order.description && (
              <span key="description" className={classes.body}>
                {order.description}
              </span>
            ),
          ],
          [fields.created_at!, `${formatInstant(order.created_at)} · ${order.created_by_name}`],
          [fields.resolved_at!, order.resolved_at && formatInstant(order.resolved_at)],
          [fields.closed_at!, order.closed_at && formatInstant(order.closed_at)],
        ]}
      />
    </Section>
  )
}
