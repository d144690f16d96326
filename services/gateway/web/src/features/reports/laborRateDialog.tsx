/** Adds or edits what an hour of a technician costs from a day on. */
import { Group, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { today } from '@/shared/dates'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { reports } from '@/shared/i18n/en/reports'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readDecimal } from '@/shared/numbers'
import {
  addLaborRate,
  type LaborRate,
  laborRatesKey,
  saveLaborRate,
  type Technician,
} from './laborRateQueries'
import { marginKey } from './queries'

const words = reports.laborRates
const { fields } = words

type Props = { technician: Technician; rate: LaborRate | null; onClose: () => void }

export function LaborRateDialog({ technician, rate, onClose }: Props) {
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { valid_from: rate?.valid_from ?? today(), rate: rate?.rate ?? '' },
    validate: (values) => ({
      valid_from: values.valid_from ? null : words.dayNeeded,
      rate: numberProblem(values.rate, { kind: 'money', min: '0' }),
    }),
  })

  async function save() {
    const done = await submit(async (values) => {
      const body = { valid_from: values.valid_from, rate: readDecimal(values.rate, { kind: 'money' })! }
      if (rate) await saveLaborRate(rate, body)
      else await sendOnce((key) => addLaborRate(technician.id, body, key))
      await Promise.all([laborRatesKey, marginKey].map((queryKey) => queries.invalidateQueries({ queryKey })))
    })
    if (!done) return
    notifyDone(rate ? words.saved(technician.name) : words.added(technician.name))
    onClose()
  }

  return (
    <FormDialog
      title={rate ? words.edit(technician.name) : words.addFor(technician.name)}
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <Group grow align="flex-start">
        <NumberField
          kind="money"
          currency={rate?.currency ?? technician.currency}
          label={fields.rate}
          required
          data-autofocus
          {...form.getInputProps('rate')}
        />
        <TextInput label={fields.valid_from} type="date" required {...form.getInputProps('valid_from')} />
      </Group>
    </FormDialog>
  )
}
