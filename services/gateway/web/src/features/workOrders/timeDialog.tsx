/** Logs time on a work order, or corrects an entry; what it costs is shown before it is saved. */
import { Checkbox, Group, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { today } from '@/shared/dates'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { formatQuantity } from '@/shared/money'
import { notifyDone, notifyFailure } from '@/shared/notify'
import { useMay, useUser } from '@/shared/session/useUser'
import { Cost } from './cost'
import { HoursLine } from './hoursLine'
import {
  choicesQuery,
  correctEntry,
  correctionQuery,
  loadEntry,
  logEntry,
  type NewTime,
  previewQuery,
  refreshWork,
  type TimeEntry,
  type WorkOrder,
} from './queries'
import { ServiceSelect } from './serviceSelect'
import { TechnicianSelect } from './technicianSelect'
import { TimeFields } from './timeFields'
import { blank, bodyOf, problemsOf, type Values, valuesIn } from './timeValues'

const { time: texts } = words
const TYPING_MS = 200

/** What the dialog needs to know of an order. */
export type OrderToLogOn = Pick<
  WorkOrder,
  'id' | 'number' | 'client_id' | 'agreement_id' | 'client_service_id' | 'billable'
>

type Props = {
  order: OrderToLogOn
  entry?: TimeEntry | null
  /** What a quick entry has already said. */
  start?: Partial<Values>
  /** Saves a new entry in another way than logging it. */
  send?: (body: NewTime, key: string) => ReturnType<typeof logEntry>
  onClose: () => void
}

export function TimeDialog({ order, entry = null, start, send, onClose }: Props) {
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const me = useUser()
  const mayChooseTechnician = useMay('clients.write')
  const choices = useQuery(choicesQuery(order.client_id!, order.agreement_id)).data
  const valuesOf = valuesIn(me?.time_zone ?? 'UTC')
  const fresh: Values = {
    ...blank,
    service_id: order.client_service_id ?? '',
    worked_on: today(),
    technician_id: me?.id ?? '',
    billable: order.billable ?? true,
    ...start,
  }
  const { form, busy, failure, confirming, submit } = useApiForm({
    initialValues: entry ? valuesOf(entry) : fresh,
    edited: entry && { of: entry, valuesOf, load: loadEntry },
    validate: problemsOf,
  })
  const values = form.getValues()
  const input = form.getInputProps
  const fallback = choices && fallbackService(choices)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the choices have come
  useEffect(() => {
    if (!entry && fallback && values.service_id === '') form.setFieldValue('service_id', fallback)
  }, [fallback])
  const service = choices?.services.find((one) => one.client_service_id === values.service_id)
  const asked = useAsked(values, entry)
  const cost = useQuery(previewQuery(order.id, entry ? null : asked))
  const correction = useQuery(correctionQuery(entry, asked))
  const preview = entry ? correction : cost

  async function save() {
    let warnings: string[] = []
    let hours = ''
    const done = await submit(async (current, { confirm, source }) => {
      const body = { ...bodyOf(current, entry), confirm }
      const logged = entry
        ? await correctEntry(source, body)
        : await sendOnce((key) => (send ? send(body, key) : logEntry(order.id, body, key)))
      warnings = logged.warnings
      hours = formatQuantity(logged.hours!)
      await refreshWork(queries)
    })
    if (!done) return
    const text = entry ? texts.corrected(hours) : texts.logged(hours, order.number!)
    if (warnings.length > 0) notifyFailure(`${text}. ${warnings.join(' ')}`)
    else notifyDone(text)
    onClose()
  }

  return (
    <FormDialog
      title={entry ? texts.correct(order.number!) : texts.logOn(order.number!)}
      action={entry ? undefined : texts.log}
      size="lg"
      busy={busy}
      failure={failure}
      confirming={confirming}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <TimeFields by={values.by} onBy={(by) => form.setFieldValue('by', by)} input={input} />
      <TextInput label={texts.note} maxLength={10_000} {...input('note')} />
      <ServiceSelect
        label={texts.service}
        choices={choices}
        none={texts.noService}
        {...input('service_id')}
      />
      {service && choices && <HoursLine service={service} currency={choices.currency} />}
      <Group grow align="center">
        {mayChooseTechnician && (
          <TechnicianSelect
            label={texts.technician}
            clientId={order.client_id!}
            current={entry?.technician_name}
            none={entry?.technician_id === null && entry.technician_name ? entry.technician_name : undefined}
            {...input('technician_id')}
          />
        )}
        <Checkbox label={texts.billable} {...form.getInputProps('billable', { type: 'checkbox' })} />
      </Group>
      <Cost
        preview={asked ? preview.data : undefined}
        error={asked ? preview.error : null}
        unit={service?.unit}
      />
    </FormDialog>
  )
}

/** What to ask the cost of, once typing has paused; null while the hours or the day are missing. */
function useAsked(values: Values, entry: TimeEntry | null) {
  const complete = Object.keys(problemsOf(values)).length === 0
  const body = complete ? JSON.stringify(costOf(bodyOf({ ...values, note: '' }, entry))) : null
  const [asked] = useDebouncedValue(body, TYPING_MS)
  return useMemo(() => (asked === null ? null : (JSON.parse(asked) as NewTime)), [asked])
}

/** A note costs nothing, and a preview of a correction must not ask to remove it. */
const costOf = ({ note: _, ...body }: ReturnType<typeof bodyOf>) => body

/** The client's last used service, else the only one there is. */
function fallbackService({
  services,
  last_service_id,
}: {
  services: { client_service_id: string; allowed: boolean }[]
  last_service_id: string | null
}) {
  const allowed = services.filter((one) => one.allowed)
  const last = allowed.find((one) => one.client_service_id === last_service_id)
  return (last ?? (allowed.length === 1 ? allowed[0] : undefined))?.client_service_id
}
