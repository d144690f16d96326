/** Records a material or an expense on a work order, or corrects one. Who does not see money may enter a cost only. */
import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { TaxCodeSelect } from '@/features/taxCodes/select'
import { today } from '@/shared/dates'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { expenses as words } from '@/shared/i18n/en/expenses'
import { formatQuantity } from '@/shared/money'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readDecimal, readOptional } from '@/shared/numbers'
import { useMay, useUser } from '@/shared/session/useUser'
import { addExpense, type Expense, loadExpense, saveExpense } from './expenseQueries'
import { refreshWork, type WorkOrder } from './queries'
import { TechnicianSelect } from './technicianSelect'

const { fields } = words

type Props = { order: WorkOrder; expense: Expense | null; onClose: () => void }

const valuesOf = (expense: Expense) => ({
  kind: expense.kind,
  description: expense.description,
  quantity: formatQuantity(expense.quantity),
  incurred_on: expense.incurred_on,
  unit_cost: expense.unit_cost ?? '',
  markup_percent: expense.markup_percent ?? '',
  // with a markup the price follows from the cost
  unit_price: expense.markup_percent === null ? (expense.unit_price ?? '') : '',
  tax_code_id: expense.tax_code_id ?? '',
  technician_id: expense.technician_id ?? '',
  billable: expense.billable ?? true,
})

type Values = ReturnType<typeof valuesOf>

function problemsOf(values: Values, { mayMoney, isNew }: { mayMoney: boolean; isNew: boolean }) {
  const money = { kind: 'money', min: '0', optional: true } as const
  const priced = values.unit_cost.trim() || values.unit_price.trim()
  const both = values.markup_percent.trim() && values.unit_price.trim()
  return {
    description: values.description.trim() ? null : words.descriptionNeeded,
    quantity: numberProblem(values.quantity, { kind: 'quantity', above: '0' }),
    incurred_on: values.incurred_on ? null : words.dateNeeded,
    unit_cost:
      numberProblem(values.unit_cost, money) ?? (priced || !(mayMoney || isNew) ? null : words.priceNeeded),
    markup_percent:
      numberProblem(values.markup_percent, { kind: 'percent', min: '0', max: '1000', optional: true }) ??
      (both ? words.oneOnly : null),
    unit_price: numberProblem(values.unit_price, money),
  }
}

const plainOf = (values: Values) => ({
  kind: values.kind,
  description: values.description.trim(),
  quantity: readDecimal(values.quantity, { kind: 'quantity' })!,
  incurred_on: values.incurred_on,
  tax_code_id: values.tax_code_id || null,
  billable: values.billable,
})

const moneyOf = (values: Values) => ({
  unit_cost: readOptional(values.unit_cost),
  markup_percent: readOptional(values.markup_percent),
  unit_price: readOptional(values.unit_price),
})

export function ExpenseDialog({ order, expense, onClose }: Props) {
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const me = useUser()
  const mayMoney = useMay('money.read')
  const mayChooseTechnician = useMay('clients.write')
  const isNew = expense === null
  const fresh: Values = {
    kind: 'material',
    description: '',
    quantity: '1',
    incurred_on: today(),
    unit_cost: '',
    markup_percent: '',
    unit_price: '',
    tax_code_id: '',
    technician_id: me?.id ?? '',
    billable: order.billable ?? true,
  }
  const { form, busy, failure, confirming, submit } = useApiForm({
    initialValues: expense ? valuesOf(expense) : fresh,
    edited: expense && { of: expense, valuesOf, load: loadExpense },
    validate: (values) => problemsOf(values, { mayMoney, isNew }),
  })
  const input = form.getInputProps

  async function save() {
    const done = await submit(async (current, { confirm, source }) => {
      const technician = mayChooseTechnician ? { technician_id: current.technician_id || null } : {}
      const body = { ...plainOf(current), ...technician, confirm }
      if (expense) await saveExpense(source, mayMoney ? { ...body, ...moneyOf(current) } : body)
      else await sendOnce((key) => addExpense(order.id, { ...body, ...moneyOf(current) }, key))
      await refreshWork(queries)
    })
    if (!done) return
    const name = form.getValues().description.trim()
    notifyDone(expense ? words.saved(name) : words.added(name))
    onClose()
  }

  return (
    <FormDialog
      title={expense ? words.edit(expense.description) : words.add}
      size="lg"
      busy={busy}
      failure={failure}
      confirming={confirming}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput
        label={fields.description}
        required
        maxLength={500}
        data-autofocus
        {...input('description')}
      />
      <Group grow align="flex-start">
        <NativeSelect
          label={fields.kind}
          data={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
          {...input('kind')}
        />
        <NumberField kind="quantity" label={fields.quantity} required {...input('quantity')} />
        <TextInput label={fields.incurred_on} type="date" required {...input('incurred_on')} />
      </Group>
      <Group grow align="flex-start">
        {(mayMoney || isNew) && (
          <NumberField
            kind="money"
            currency={expense?.currency}
            label={fields.unit_cost}
            required={!mayMoney}
            {...input('unit_cost')}
          />
        )}
        {mayMoney && (
          <>
            <NumberField kind="percent" label={fields.markup_percent} {...input('markup_percent')} />
            <NumberField
              kind="money"
              currency={expense?.currency}
              label={fields.unit_price}
              description={words.priceHint}
              {...input('unit_price')}
            />
          </>
        )}
      </Group>
      <Group grow align="flex-start">
        <TaxCodeSelect label={fields.tax_code_id} {...input('tax_code_id')} />
        {mayChooseTechnician && (
          <TechnicianSelect
            label={fields.technician_id}
            clientId={order.client_id!}
            current={expense?.technician_name}
            {...input('technician_id')}
          />
        )}
      </Group>
      <Checkbox label={fields.billable} {...form.getInputProps('billable', { type: 'checkbox' })} />
    </FormDialog>
  )
}
