/** Adds an item to bill, or changes one that was added by hand. */
import { Group, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ClientPicker } from '@/features/clients/clientPicker'
import { clientQuery } from '@/features/clients/queries'
import { CardPicker } from '@/features/rates/cardPicker'
import type { ClientService } from '@/features/rates/queries'
import { today } from '@/shared/dates'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { billableItems as words } from '@/shared/i18n/en/billableItems'
import { formatQuantity, formatRate } from '@/shared/money'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readDecimal, readOptional } from '@/shared/numbers'
import { nameOf } from './columns'
import { createItem, type Item, itemsKey, loadItem, saveItem } from './queries'

const { fields, dialog } = words

function valuesOf(item: Item | null) {
  return {
    client_id: item?.client_id ?? '',
    client_service_id: item?.client_service_id ?? '',
    description: item?.description ?? '',
    quantity: item ? formatQuantity(item.quantity) : '1',
    unit: item?.unit ?? '',
    unit_rate: item?.unit_rate ?? '',
    dated_on: item?.dated_on ?? today(),
    note: item?.note ?? '',
  }
}

type Values = ReturnType<typeof valuesOf>

const bodyOf = (values: Values) => ({
  description: values.description.trim() || null,
  quantity: readDecimal(values.quantity, { kind: 'quantity' })!,
  ...(values.unit.trim() && { unit: values.unit.trim() }),
  unit_rate: readOptional(values.unit_rate),
  dated_on: values.dated_on,
  note: values.note.trim() || null,
})

export function ItemDialog({ item, onClose }: { item: Item | null; onClose: () => void }) {
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const [service, setService] = useState<ClientService | null>(null)
  const hasService = Boolean(service || item?.client_service_id || item?.service_id)
  const { form, busy, failure, confirming, submit } = useApiForm({
    initialValues: valuesOf(item),
    edited: item && { of: item, valuesOf, load: loadItem },
    validate: {
      client_id: (id) => (id ? null : dialog.needed),
      description: (text) => (text.trim() || hasService ? null : dialog.descriptionNeeded),
      quantity: (text) => numberProblem(text, { kind: 'quantity' }),
      unit_rate: (text) => numberProblem(text, { kind: 'money', min: '0', optional: hasService }),
      dated_on: (day) => (day ? null : dialog.dateNeeded),
    },
  })
  const values = form.getValues()
  const client = useQuery({ ...clientQuery(values.client_id), enabled: values.client_id !== '' }).data
  const currency = item?.billing_currency ?? client?.currency
  const input = form.getInputProps

  async function save() {
    let saved: Item | null = null
    const done = await submit(async (current, { confirm, source }) => {
      const body = { ...bodyOf(current), confirm }
      const service_id = current.client_service_id || null
      saved = item
        ? await saveItem(source, body)
        : await sendOnce((key) =>
            createItem({ ...body, client_id: current.client_id, client_service_id: service_id }, key),
          )
      await queries.invalidateQueries({ queryKey: itemsKey })
    })
    if (!done || !saved) return
    notifyDone(item ? words.saved(nameOf(saved)) : words.added(nameOf(saved)))
    onClose()
  }

  return (
    <FormDialog
      title={item ? dialog.edit : dialog.add}
      size="lg"
      busy={busy}
      failure={failure}
      confirming={confirming}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      {item ? (
        <Text size="sm">{item.client_name}</Text>
      ) : (
        <>
          <ClientPicker label={fields.client} required {...input('client_id')} />
          <CardPicker
            key={values.client_id}
            label={dialog.service}
            clientId={values.client_id}
            currency={currency ?? 'USD'}
            value={values.client_service_id}
            placeholder={dialog.noService}
            error={form.errors.client_service_id}
            onPick={(picked) => {
              setService(picked)
              form.setFieldValue('client_service_id', picked?.id ?? '')
            }}
          />
        </>
      )}
      <TextInput
        label={fields.description}
        description={dialog.descriptionHint}
        required={!hasService}
        maxLength={500}
        {...input('description')}
      />
      <Group grow align="flex-start">
        <NumberField kind="quantity" label={fields.quantity} required {...input('quantity')} />
        <TextInput
          label={fields.unit}
          maxLength={20}
          placeholder={service?.unit ?? 'Hour'}
          {...input('unit')}
        />
        <NumberField
          kind="money"
          currency={currency}
          unit={values.unit || service?.unit}
          label={currency ? `${fields.unit_rate} (${currency})` : fields.unit_rate}
          required={!hasService}
          placeholder={service ? formatRate(service.effective_rate, currency ?? 'USD') : undefined}
          description={dialog.rateHint(hasService)}
          {...input('unit_rate')}
        />
      </Group>
      <TextInput label={fields.dated_on} type="date" required {...input('dated_on')} />
      <Textarea label={fields.note} description={dialog.noteHint} autosize minRows={2} {...input('note')} />
    </FormDialog>
  )
}
