import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { orderForms } from '@/shared/i18n/en/orderForms'
import { portal } from '@/shared/i18n/en/portal'
import { notifyDone } from '@/shared/notify'
import { useUser } from '@/shared/session/useUser'
import { FormRequest } from './formRequest'
import { formsQuery, type OrderBody, ordersKey, ownServicesQuery, sendOrder } from './orderQueries'

const words = portal.orders
const { fields } = words

type Priority = NonNullable<OrderBody['priority']>
const priorities = Object.entries(words.priorities).map(([value, label]) => ({ value, label }))

type Props = { subject?: string; onClose: () => void }

/** A request: with the questions of a form, or in the client's own words. */
export function NewOrder({ subject, onClose }: Props) {
  const forms = useQuery(formsQuery).data?.items ?? []
  const [formId, setFormId] = useState('')
  const form = forms.find((one) => one.id === formId)
  const kind = forms.length > 0 && (
    <NativeSelect
      label={orderForms.portal.kind}
      data={[
        { value: '', label: orderForms.portal.general },
        ...forms.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={formId}
      onChange={(event) => setFormId(event.currentTarget.value)}
    />
  )
  if (form) return <FormRequest key={form.id} form={form} kind={kind} onClose={onClose} />
  return <OwnWords subject={subject} kind={kind} onClose={onClose} />
}

function OwnWords({ subject = '', kind, onClose }: Props & { kind: ReactNode }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const clientId = useUser()?.client_id ?? ''
  const services = useQuery({ ...ownServicesQuery(clientId), enabled: clientId !== '' })
  const sendOnce = useSendOnce()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { subject, description: '', service_id: '', priority: 'medium' as Priority },
    validate: { subject: (text) => (text.trim() ? null : words.subjectNeeded) },
  })

  async function send() {
    const done = await submit(async ({ subject, description, service_id, priority }) => {
      const body = { subject, description: description || null, service_id: service_id || null, priority }
      const order = await sendOnce((key) => sendOrder(body, key))
      await queries.invalidateQueries({ queryKey: ordersKey })
      notifyDone(words.sent(order.number ?? ''))
      navigate({ to: `/work-orders/${order.id}` as never })
    })
    if (done) onClose()
  }

  return (
    <FormDialog
      title={words.new}
      action={words.send}
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={send}
      onClose={onClose}
    >
      {kind}
      <TextInput
        label={fields.subject}
        required
        maxLength={300}
        data-autofocus
        {...form.getInputProps('subject')}
      />
      <Textarea
        label={fields.description}
        autosize
        minRows={4}
        maxRows={14}
        {...form.getInputProps('description')}
      />
      <NativeSelect
        label={fields.service_id}
        data={[
          { value: '', label: words.anyService },
          ...(services.data?.items ?? []).map((service) => ({ value: service.id, label: service.name })),
        ]}
        {...form.getInputProps('service_id')}
      />
      <NativeSelect label={fields.priority} data={priorities} {...form.getInputProps('priority')} />
    </FormDialog>
  )
}
