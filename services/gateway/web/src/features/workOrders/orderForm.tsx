/** Creates a work order, or changes one. */
import { Checkbox, Group, NativeSelect, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { ClientPicker } from '@/features/clients/clientPicker'
import { contactsQuery } from '@/features/clients/parts'
import { FormDialog } from '@/shared/form/FormDialog'
import { HoursField } from '@/shared/form/HoursField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { common } from '@/shared/i18n/en/common'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { formatQuantity } from '@/shared/money'
import { notifyDone } from '@/shared/notify'
import { hoursProblem, readHours } from '@/shared/numbers'
import { HoursLine } from './hoursLine'
import {
  type Choices,
  choicesQuery,
  createFromTemplate,
  createOrder,
  loadOrder,
  refreshWork,
  saveOrder,
  type WorkOrder,
} from './queries'
import { ServiceSelect } from './serviceSelect'
import { TechnicianSelect } from './technicianSelect'
import { TemplateSelect } from './templateSelect'

const { fields, form: texts } = words

function valuesOf(order: WorkOrder | null) {
  return {
    client_id: order?.client_id ?? '',
    subject: order?.subject ?? '',
    description: order?.description ?? '',
    service_id: order?.client_service_id ?? '',
    agreement_id: order?.agreement_id ?? '',
    contact_id: order?.contact_id ?? '',
    technician_id: order?.technician_id ?? '',
    priority: order?.priority ?? 'medium',
    due_on: order?.due_on ?? '',
    estimated_hours: order?.estimated_hours ?? '',
    billable: order?.billable ?? true,
    template_id: '',
  }
}

type Values = ReturnType<typeof valuesOf>

const bodyOf = (values: Values, order: WorkOrder | null) => ({
  subject: values.subject.trim(),
  description: values.description.trim() || null,
  service_id: values.service_id || null,
  agreement_id: values.agreement_id || null,
  contact_id: values.contact_id || null,
  priority: values.priority as WorkOrder['priority'],
  due_on: values.due_on || null,
  estimated_hours: values.estimated_hours.trim() ? readHours(values.estimated_hours) : null,
  billable: values.billable,
  // an imported technician has a name only, which stays until somebody is chosen
  ...(values.technician_id || !order?.technician_name || order.technician_id
    ? { technician_id: values.technician_id || null }
    : {}),
})

type Saved = Pick<WorkOrder, 'id' | 'number'>

type Props = { order?: WorkOrder | null; clientId?: string; onClose: () => void }

export function OrderForm({ order = null, clientId, onClose }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const sendOnce = useSendOnce()
  const hasServices = useRef(false)
  const { form, busy, failure, confirming, submit } = useApiForm({
    initialValues: { ...valuesOf(order), ...(clientId && { client_id: clientId }) },
    edited: order && { of: order, valuesOf, load: loadOrder },
    validate: {
      client_id: (id) => (id ? null : texts.clientNeeded),
      subject: (text) => (text.trim() ? null : texts.subjectNeeded),
      service_id: (id, values) =>
        id || !values.billable || !hasServices.current ? null : texts.serviceNeeded,
      estimated_hours: (text) => (text.trim() ? hoursProblem(text) : null),
    },
  })
  const values = form.getValues()
  const query = useQuery(choicesQuery(values.client_id, values.agreement_id || null))
  const choices = query.data?.client_id === values.client_id ? query.data : undefined
  hasServices.current = (choices?.services.length ?? 0) > 0
  useSuggestions(order === null, choices, values, form.setFieldValue)
  const service = choices?.services.find((one) => one.client_service_id === values.service_id)
  const input = form.getInputProps

  async function save() {
    let saved: Saved | null = null
    const done = await submit(async (current, { source }) => {
      saved = order
        ? await saveOrder(source, bodyOf(current, order))
        : await sendOnce<Saved>((key) => {
            const body = { ...bodyOf(current, null), client_id: current.client_id }
            const { template_id } = current
            return template_id ? createFromTemplate(template_id, body, key) : createOrder(body, key)
          })
      await refreshWork(queries)
    })
    if (!done || !saved) return
    const { id, number } = saved as Saved
    notifyDone(order ? common.saved(number!) : words.created(number!))
    onClose()
    if (!order) navigate({ to: '/work-orders/$workOrderId', params: { workOrderId: id } })
  }

  return (
    <FormDialog
      title={order ? texts.edit(order.number!) : words.new}
      size="lg"
      busy={busy}
      failure={failure}
      confirming={confirming}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      {order ? (
        <Text size="sm">{order.client_name}</Text>
      ) : (
        !clientId && <ClientPicker label={fields.client!} required autoFocus {...input('client_id')} />
      )}
      {!order && <TemplateSelect choices={choices} values={values} set={form.setValues} />}
      <TextInput
        label={fields.subject}
        required
        maxLength={300}
        data-autofocus={Boolean(order ?? clientId) || undefined}
        {...input('subject')}
      />
      <Group grow align="flex-start">
        <AgreementSelect choices={choices} {...input('agreement_id')} />
        <ServiceSelect
          label={fields.service_id!}
          choices={choices}
          required={values.billable}
          none={texts.noService}
          {...input('service_id')}
        />
      </Group>
      {service && choices && <HoursLine service={service} currency={choices.currency} />}
      <Group grow align="flex-start">
        <TechnicianSelect
          label={fields.technician_id!}
          clientId={values.client_id}
          current={order?.technician_name}
          none={order?.technician_id === null && order.technician_name ? order.technician_name : texts.nobody}
          {...input('technician_id')}
        />
        <ContactSelect clientId={values.client_id} {...input('contact_id')} />
      </Group>
      <Group grow align="flex-start">
        <NativeSelect
          label={fields.priority}
          data={Object.entries(words.priority).map(([value, label]) => ({ value, label }))}
          {...input('priority')}
        />
        <TextInput type="date" label={fields.due_on} {...input('due_on')} />
        <HoursField label={fields.estimated_hours} {...input('estimated_hours')} />
      </Group>
      <Textarea label={fields.description} autosize minRows={3} maxRows={12} {...input('description')} />
      <Checkbox
        label={texts.billable}
        description={texts.billableHint}
        {...form.getInputProps('billable', { type: 'checkbox' })}
      />
    </FormDialog>
  )
}

type SetValue = (name: 'agreement_id' | 'service_id', value: string) => void

/** Chooses what is obvious for a new order: the active agreement, and the only service there is. */
function useSuggestions(isNew: boolean, choices: Choices | undefined, values: Values, set: SetValue) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each client, and again for its services
  useEffect(() => {
    if (!isNew || !choices) return
    if (choices.suggested_agreement_id && !values.agreement_id)
      set('agreement_id', choices.suggested_agreement_id)
  }, [isNew, choices?.client_id])
  const offered = (choices?.services ?? []).filter((one) => one.allowed)
  const only = offered.length === 1 ? offered[0]!.client_service_id : null
  const gone =
    values.service_id !== '' && choices && !offered.some((one) => one.client_service_id === values.service_id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a choice by hand stays
  useEffect(() => {
    if (isNew && only && values.service_id === '') set('service_id', only)
    if (isNew && gone) set('service_id', '')
  }, [isNew, only, gone])
}

type SelectProps = Parameters<typeof NativeSelect>[0]

function AgreementSelect({ choices, ...input }: { choices?: Choices } & SelectProps) {
  const offered = choices?.agreements ?? []
  const nameOf = (one: Choices['agreements'][number]) =>
    [
      `${one.number} ${one.name}`,
      one.total_hours !== null &&
        texts.left(formatQuantity(one.remaining_hours ?? '0'), formatQuantity(one.total_hours)),
      one.id === choices?.suggested_agreement_id && texts.suggested,
    ]
      .filter(Boolean)
      .join(' · ')
  return (
    <NativeSelect
      label={fields.agreement_id}
      data={[
        { value: '', label: texts.noAgreement },
        ...offered.map((one) => ({ value: one.id, label: nameOf(one) })),
      ]}
      {...input}
    />
  )
}

function ContactSelect({ clientId, ...input }: { clientId: string } & SelectProps) {
  const contacts = useQuery({ ...contactsQuery(clientId), enabled: clientId !== '' }).data?.items ?? []
  const primary = contacts.find((one) => one.is_primary_support)
  return (
    <NativeSelect
      label={fields.contact_id}
      data={[
        { value: '', label: primary ? `${primary.name} · ${texts.supportContact}` : texts.noContact },
        ...contacts.filter((one) => one !== primary).map((one) => ({ value: one.id, label: one.name })),
        // an order that already names its primary contact
        ...(primary && input.value === primary.id
          ? [{ value: primary.id, label: `${primary.name} · ${texts.supportContact}` }]
          : []),
      ]}
      {...input}
    />
  )
}
