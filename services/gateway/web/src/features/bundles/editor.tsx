/** A bundle put together: its services, how it is priced, and at every step what it comes to. */
import {
  Alert,
  Button,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useRef } from 'react'
import { CurrencyChoice } from '@/features/catalog/currencyChoice'
import formClasses from '@/features/catalog/form.module.css'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useLeaveGuard } from '@/shared/form/useLeaveGuard'
import { catalog } from '@/shared/i18n/en/catalog'
import { bundles as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { ButtonLink } from '@/shared/Link'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { Items } from './items'
import { type Bundle, type BundleBody, bundleQuery, previewQuery } from './queries'
import { Totals } from './totals'
import { bodyOf, checks, draftOf, type Pricing, valuesOf } from './values'

const { fields } = words
const PREVIEW_DELAY_MS = 250

type Props = { bundle: Bundle | null; onSave: (body: BundleBody) => Promise<unknown> }

export function BundleEditor({ bundle, onSave }: Props) {
  const readOnly = !useMay('catalog.write')
  const mayMoney = useMay('money.read')
  const queries = useQueryClient()
  const start = useRef(valuesOf(bundle))
  const { form, busy, failure, submit } = useApiForm({
    initialValues: start.current,
    validate: checks,
    edited: bundle && {
      of: bundle,
      valuesOf,
      load: (one: Bundle) => queries.fetchQuery({ ...bundleQuery(one.id), staleTime: 0 }),
    },
  })
  const guard = useLeaveGuard(form.isDirty(), busy)
  const values = form.getValues()
  const input = form.getInputProps
  const [draft] = useDebouncedValue(
    useMemo(() => draftOf(values), [values]),
    PREVIEW_DELAY_MS,
  )
  const preview = useQuery(previewQuery(readOnly || !form.isDirty() ? null : draft))
  const priced = form.isDirty() ? preview.data : (bundle ?? undefined)

  async function save(event: FormEvent) {
    event.preventDefault()
    await submit((current) => onSave(bodyOf(current)))
  }

  return (
    <form onSubmit={save} noValidate>
      {failure && (
        <Alert color="red" role="alert" mb="md">
          {failure}
        </Alert>
      )}
      <div className={formClasses.columns}>
        <Stack gap="md">
          <Section title={words.one}>
            <Stack gap="sm">
              <TextInput
                label={fields.name}
                required
                maxLength={200}
                readOnly={readOnly}
                {...input('name')}
              />
              <Textarea
                label={fields.description}
                autosize
                minRows={2}
                maxLength={2000}
                readOnly={readOnly}
                {...input('description')}
              />
              <div className={formClasses.row}>
                <CurrencyChoice disabled={readOnly} {...input('currency')} />
                <NativeSelect
                  label={fields.billing_cycle}
                  disabled={readOnly}
                  data={[
                    { value: '', label: '—' },
                    ...Object.entries(catalog.cycles).map(([value, label]) => ({ value, label })),
                  ]}
                  {...input('billing_cycle')}
                />
              </div>
            </Stack>
          </Section>
          <Items
            value={values.items}
            error={form.errors.items}
            priced={priced}
            readOnly={readOnly}
            mayMoney={mayMoney}
            onChange={(items) => form.setFieldValue('items', items)}
          />
        </Stack>
        <Stack gap="md" className={formClasses.side}>
          <Section title={fields.pricing}>
            <Stack gap="sm">
              <SegmentedControl
                orientation="vertical"
                size="xs"
                aria-label={fields.pricing}
                disabled={readOnly}
                data={Object.entries(words.pricings).map(([value, label]) => ({ value, label }))}
                value={values.pricing}
                onChange={(pricing) => form.setFieldValue('pricing', pricing as Pricing)}
              />
              <Text size="xs" c="dimmed">
                {words.pricingHints[values.pricing]}
              </Text>
              {mayMoney && values.pricing === 'fixed' && (
                <NumberField
                  kind="money"
                  currency={values.currency || undefined}
                  label={fields.price}
                  required
                  {...input('price')}
                />
              )}
              {mayMoney && values.pricing === 'markup' && (
                <NumberField
                  kind="percent"
                  label={fields.markup_percent}
                  required
                  {...input('markup_percent')}
                />
              )}
            </Stack>
          </Section>
          {mayMoney && (
            <Totals
              sums={values.items.length > 0 ? priced : undefined}
              error={form.isDirty() && draft ? preview.error : null}
              busy={preview.isFetching}
            />
          )}
        </Stack>
      </div>
      {!readOnly && (
        <div className={formClasses.bar}>
          <Group justify="flex-end" gap="xs">
            <ButtonLink variant="default" to="/catalog/bundles">
              {common.cancel}
            </ButtonLink>
            <Button type="submit" loading={busy} disabled={!form.isDirty()}>
              {bundle ? common.save : common.create}
            </Button>
          </Group>
        </div>
      )}
      {guard.question}
    </form>
  )
}
