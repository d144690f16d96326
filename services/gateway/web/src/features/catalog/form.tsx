/** A new service, or an existing one changed: every field of it. */
import { Alert, Button, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useRef } from 'react'
import { useApiForm } from '@/shared/form/useApiForm'
import { useLeaveGuard } from '@/shared/form/useLeaveGuard'
import { catalog } from '@/shared/i18n/en/catalog'
import { common } from '@/shared/i18n/en/common'
import { ButtonLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { Section } from '@/shared/Section'
import classes from './form.module.css'
import { bodyOf, checks, newBodyOf, UNITS, type Values, valuesOf } from './formValues'
import { PricingFields } from './pricingFields'
import { type Service, type ServiceBody, useLoadService } from './queries'
import { SortingFields } from './sortingFields'

const FurtherPrices = lazyPart(async () => (await import('./furtherPrices')).FurtherPrices)
const PlanFields = lazyPart(async () => (await import('./planFields')).PlanFields)
const QuotePanel = lazyPart(async () => (await import('./quotePanel')).QuotePanel)

const { fields, hints, parts } = catalog

type Props = {
  initial: Values
  /** Set when a service is changed: its currency stays, and its rate has a past. */
  editing?: Service
  onSave: (body: ServiceBody) => Promise<unknown>
}

export function ServiceForm({ initial, editing, onSave }: Props) {
  const start = useRef(initial)
  const load = useLoadService()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: start.current,
    validate: checks,
    edited: editing && { of: editing, valuesOf, load },
  })
  const guard = useLeaveGuard(form.isDirty(), busy)
  const values = form.getValues()
  const input = form.getInputProps

  function chooseKind(kind: string) {
    const [from, to] = [UNITS[values.kind], UNITS[kind as Values['kind']]]
    const unit = values.default_unit === from ? to : values.default_unit
    form.setValues({ kind: kind as Values['kind'], default_unit: unit })
  }

  async function save(event: FormEvent) {
    event.preventDefault()
    await submit((current) => onSave(editing ? bodyOf(current) : newBodyOf(current)))
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
          <PricingFields form={form} initialRate={initial.default_rate} editing={editing !== undefined} />
          {!editing && <FurtherPrices form={form} />}
          {values.kind === 'recurring' && <PlanFields form={form} />}
        </Stack>
        <Stack gap="md" className={values.kind === 'usage' ? classes.side : undefined}>
          {values.kind === 'usage' && (
            <QuotePanel model={values.price_model} rate={values.default_rate} currency={values.currency} />
          )}
          <SortingFields form={form} />
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
      {guard.question}
    </form>
  )
}

function Cancel({ editing }: Pick<Props, 'editing'>) {
  return editing ? (
    <ButtonLink variant="default" to="/catalog/$serviceId" params={{ serviceId: editing.id }}>
      {common.cancel}
    </ButtonLink>
  ) : (
    <ButtonLink variant="default" to="/catalog">
      {common.cancel}
    </ButtonLink>
  )
}

/** After a refusal the first field it is about has the focus, wherever on the page it stands. */
function focusFirstError() {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus())
}
