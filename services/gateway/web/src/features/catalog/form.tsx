/** A new service, or an existing one changed: every field of it. */
import {
  Alert,
  Autocomplete,
  Button,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef } from 'react'
import { currenciesQuery } from '@/features/clients/queries'
import { useApiForm } from '@/shared/form/useApiForm'
import { catalog } from '@/shared/i18n/en/catalog'
import { common } from '@/shared/i18n/en/common'
import { ButtonLink } from '@/shared/Link'
import { Section } from '@/shared/Section'
import classes from './form.module.css'
import { bodyOf, checks, UNITS, type Values } from './formValues'
import type { ServiceBody } from './queries'

const { fields, hints, parts } = catalog

type Props = {
  initial: Values
  /** Set when a service is changed: its currency stays, and its rate has a past. */
  editing?: { serviceId: string; rate: string | null }
  onSave: (body: ServiceBody) => Promise<unknown>
}

export function ServiceForm({ initial, editing, onSave }: Props) {
  const start = useRef(initial)
  const { form, busy, failure, submit } = useApiForm({ initialValues: start.current, validate: checks })
  const values = form.getValues()
  const input = form.getInputProps
  const inCurrency = values.currency ? ` (${values.currency})` : ''

  function chooseKind(kind: string) {
    const [from, to] = [UNITS[values.kind], UNITS[kind as Values['kind']]]
    const unit = values.default_unit === from ? to : values.default_unit
    form.setValues({ kind: kind as Values['kind'], default_unit: unit })
  }

  async function save(event: FormEvent) {
    event.preventDefault()
    await submit((current) => onSave(bodyOf(current)))
    focusFirstError()
  }

  return (
    <form onSubmit={save} noValidate>
      {failure && (
        <Alert color="red" role="alert" mb="md">
          {failure}
        </Alert>
      )}
      <div className={classes.columns}>
        <Stack gap="md">
          <Section title={parts.basics}>
            <Stack gap="sm">
              <TextInput label={fields.serviceName} required maxLength={200} {...input('name')} />
              <Textarea
                label={fields.description}
                description={hints.description}
                required
                autosize
                minRows={2}
                maxLength={2000}
                {...input('description')}
              />
              <div>
                <Text size="sm" fw={500} mb={3} id="service-kind">
                  {fields.kind}
                </Text>
                <SegmentedControl
                  fullWidth
                  aria-labelledby="service-kind"
                  size="xs"
                  data={Object.entries(catalog.kinds).map(([value, label]) => ({ value, label }))}
                  value={values.kind}
                  onChange={chooseKind}
                />
                <Text size="xs" c="dimmed" mt={4}>
                  {catalog.kindHints[values.kind]}
                </Text>
              </div>
            </Stack>
          </Section>
          <Section title={parts.pricing}>
            <Stack gap="sm">
              <div className={classes.row}>
                <TextInput
                  label={fields.default_rate + inCurrency}
                  required
                  inputMode="decimal"
                  {...input('default_rate')}
                />
                <Autocomplete
                  size="sm"
                  label={fields.default_unit}
                  description={undefined}
                  placeholder={hints.default_unit}
                  required
                  data={['Hour', 'Month', 'Incident', 'Device', 'User', 'Item', 'Unit']}
                  maxLength={20}
                  {...input('default_unit')}
                />
                {!editing && <CurrencyChoice {...input('currency')} />}
              </div>
              {editing && values.default_rate !== initial.default_rate && (
                <Alert color="yellow" icon={<IconInfoCircle size={16} />} py={8} role="status">
                  {catalog.rateWarning}
                </Alert>
              )}
              <div className={classes.row}>
                {values.kind === 'labor' && (
                  <TextInput
                    label={fields.minimum_hours}
                    placeholder={hints.minimum_hours}
                    inputMode="decimal"
                    {...input('minimum_hours')}
                  />
                )}
                <TextInput
                  label={fields.setup_fee + inCurrency}
                  inputMode="decimal"
                  {...input('setup_fee')}
                />
                <TextInput
                  label={fields.cost + inCurrency}
                  placeholder={hints.cost}
                  inputMode="decimal"
                  {...input('cost')}
                />
              </div>
            </Stack>
          </Section>
          {values.kind === 'recurring' && (
            <Section title={parts.plan}>
              <NativeSelect
                label={fields.billing_cycle}
                data={[{ value: '', label: '—' }, ...entries(catalog.cycles)]}
                {...input('billing_cycle')}
              />
            </Section>
          )}
        </Stack>
        <Stack gap="md">
          <Section title={parts.billing}>
            <Stack gap="sm">
              <TextInput label={fields.category} maxLength={100} {...input('category')} />
              <TextInput
                label={fields.sort_order}
                description={hints.sort_order}
                inputMode="numeric"
                {...input('sort_order')}
              />
            </Stack>
          </Section>
          <Section title={parts.notes}>
            <Textarea
              aria-label={fields.internal_notes}
              description={hints.internal_notes}
              autosize
              minRows={4}
              maxRows={14}
              {...input('internal_notes')}
            />
          </Section>
        </Stack>
      </div>
      <div className={classes.bar}>
        <Group justify="flex-end" gap="xs">
          <Cancel editing={editing} />
          <Button type="submit" loading={busy} disabled={editing && !form.isDirty()}>
            {editing ? common.save : common.create}
          </Button>
        </Group>
      </div>
    </form>
  )
}

function Cancel({ editing }: Pick<Props, 'editing'>) {
  return editing ? (
    <ButtonLink variant="default" to="/catalog/$serviceId" params={{ serviceId: editing.serviceId }}>
      {common.cancel}
    </ButtonLink>
  ) : (
    <ButtonLink variant="default" to="/catalog">
      {common.cancel}
    </ButtonLink>
  )
}

function CurrencyChoice(props: Record<string, unknown>) {
  const { data } = useQuery(currenciesQuery)
  const options = (data?.items ?? []).map(({ code, name }) => ({ value: code, label: `${code} – ${name}` }))
  return (
    <NativeSelect
      label={fields.currency}
      data={[{ value: '', label: catalog.ownCurrency }, ...options]}
      {...props}
    />
  )
}

const entries = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

/** After a refusal the first field it is about has the focus, wherever on the page it stands. */
function focusFirstError() {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus())
}
