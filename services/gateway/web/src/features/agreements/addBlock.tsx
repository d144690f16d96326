/** Adds a block of bought hours, which work draws after the included ones. */
import { Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { cardRowsQuery } from '@/features/rates/queries'
import { today } from '@/shared/dates'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { hourBlocks as words } from '@/shared/i18n/en/hourBlocks'
import { formatQuantity } from '@/shared/money'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readDecimal } from '@/shared/numbers'
import { addBlock } from './blockQueries'
import { type Agreement, agreementsKey, servicesQuery } from './queries'

type Props = { agreement: Agreement; onClose: () => void }

export function AddBlock({ agreement, onClose }: Props) {
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: {
      hours: '',
      price: '',
      bought_on: today(),
      expires_on: '',
      client_service_ids: [] as string[],
      note: '',
    },
    validate: {
      hours: (hours) => numberProblem(hours, { kind: 'quantity', above: '0' }),
      price: (price) => (price.trim() ? numberProblem(price, { kind: 'money' }) : null),
      expires_on: (day, values) => (day && day < values.bought_on ? words.endsBefore : null),
    },
  })
  const input = form.getInputProps

  async function save() {
    const done = await submit(async (values) => {
      const body = {
        ...values,
        hours: readDecimal(values.hours, { kind: 'quantity' })!,
        price: values.price.trim() ? readDecimal(values.price, { kind: 'money' }) : null,
        expires_on: values.expires_on || null,
        note: values.note.trim() || null,
      }
      await sendOnce((key) => addBlock(agreement.id, body, key))
      await queries.invalidateQueries({ queryKey: agreementsKey })
    })
    if (!done) return
    notifyDone(words.added(formatQuantity(readDecimal(form.getValues().hours, { kind: 'quantity' })!)))
    onClose()
  }

  return (
    <FormDialog
      title={words.add}
      action={words.add}
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <Text size="sm">{words.lead}</Text>
      <Group grow align="start">
        <NumberField kind="quantity" label={words.fields.hours} required data-autofocus {...input('hours')} />
        <NumberField
          kind="money"
          label={words.priceIn(agreement.currency ?? 'USD')}
          description={words.priceNote}
          {...input('price')}
        />
      </Group>
      <Group grow align="start">
        <TextInput
          type="date"
          label={words.fields.bought_on}
          description={words.boughtNote}
          required
          max={today()}
          {...input('bought_on')}
        />
        <TextInput
          type="date"
          label={words.fields.expires_on}
          description={words.expiresNote}
          min={today()}
          {...input('expires_on')}
        />
      </Group>
      <Scope agreement={agreement} input={input('client_service_ids')} />
      <Textarea label={words.fields.note} autosize minRows={2} maxLength={2000} {...input('note')} />
    </FormDialog>
  )
}

type Input = { value?: string[]; onChange: (ids: string[]) => void; error?: React.ReactNode }

/** The covered services that may draw from the block. */
function Scope({ agreement, input }: { agreement: Agreement; input: Input }) {
  const all = agreement.coverage === 'all'
  const own = useQuery({ ...servicesQuery(agreement.id), enabled: !all })
  const card = useQuery({ ...cardRowsQuery(agreement.client_id), enabled: all })
  const named = own.data?.items.map((row) => ({ id: row.client_service_id!, name: row.name }))
  const choices = all ? card.data?.filter((row) => row.included) : named
  return (
    <Checkbox.Group label={words.fields.services} description={words.scopeNote} {...input}>
      <Stack gap={6} mt={6}>
        {(choices ?? []).map((row) => (
          <Checkbox key={row.id} value={row.id} label={row.name} size="xs" />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
