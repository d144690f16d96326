/** What a client's time would cost under other terms: tried by hand, or proposed for each type. Nothing is saved. */
import { Button, Checkbox, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { ApiError } from '@/api/problem'
import formClasses from '@/features/catalog/form.module.css'
import { ClientPicker } from '@/features/clients/clientPicker'
import { clientQuery } from '@/features/clients/queries'
import { Crumbs } from '@/shared/Crumbs'
import { nextMonth, today } from '@/shared/dates'
import { useApiForm } from '@/shared/form/useApiForm'
import { agreements } from '@/shared/i18n/en/agreements'
import { whatIf as words } from '@/shared/i18n/en/whatIf'
import { readWhole } from '@/shared/numbers'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { BestFitTable } from './bestFit'
import type { Choice } from './formParts'
import { HoursStep } from './hoursStep'
import { loadWhole } from './queries'
import { ServicesStep } from './servicesStep'
import { useChoices } from './useChoices'
import { bodyOf, checksFor, copyOf, fresh, isBlock, type Values, type Whole } from './values'
import { prepare, type Subject, simulationQuery } from './whatIfQueries'
import { WhatIfResult } from './whatIfResult'
import { WhatIfTerms } from './whatIfTerms'

const DELAY_MS = 300
const PARTS = ['terms', 'hours', 'services'] as const
type Part = (typeof PARTS)[number]
const MONTHS = ['3', '6', '12', '24']

/** For a client (`?client_id=`), or beside one agreement (`?agreement_id=`), whose terms it starts with. */
export function WhatIf() {
  const { client_id = '', agreement_id = '' } = useSearch({ strict: false }) as {
    client_id?: string
    agreement_id?: string
  }
  const queries = useQueryClient()
  const mayWrite = useMay('agreements.write')
  const agreement = useQuery({
    queryKey: ['agreements', 'copied', agreement_id],
    queryFn: () => loadWhole(queries, agreement_id),
    enabled: mayWrite && agreement_id !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!mayWrite) return <ErrorState error={new ApiError(403, {})} level={1} />
  if (agreement.isError) {
    return <ErrorState error={agreement.error} onRetry={() => agreement.refetch()} level={1} />
  }
  if (agreement_id && !agreement.data) return <PageSkeleton />
  return <Loaded key={agreement_id || client_id} clientId={client_id} agreement={agreement.data ?? null} />
}

function Loaded({ clientId, agreement }: { clientId: string; agreement: Whole | null }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const start = nextMonth(today())
  const known = useRef<{ currency?: string; choices: Choice[] }>({ choices: [] })
  const [checks] = useState(() => {
    const { first_day, reason, ...all } = checksFor(() => ({
      currency: known.current.currency,
      name: (id) => known.current.choices.find((row) => row.id === id)?.name ?? id,
      amends: () => false,
    }))
    return all
  })
  const { form } = useApiForm<Values, Whole>({
    initialValues: agreement
      ? copyOf(agreement, start)
      : { ...fresh(clientId, start), name: words.name, type: 'time_and_materials', coverage: 'all' },
    validate: checks,
    validateInputOnBlur: true,
  })
  const [subject, setSubject] = useState<Subject>({
    mode: 'replay',
    months: 12,
    agreement_id: agreement?.id ?? null,
  })
  const values = form.getValues()
  const client = useQuery({ ...clientQuery(values.client_id), enabled: values.client_id !== '' }).data
  const choices = useChoices(values.client_id, agreement)
  known.current = { currency: client?.currency, choices }

  const [draft] = useDebouncedValue(
    useMemo(() => (complete(checks, values) ? bodyOf(values) : null), [checks, values]),
    DELAY_MS,
  )
  const [wanted, setPart] = useState<Part>('terms')
  const shown = PARTS.filter((one) => one !== 'hours' || isBlock(values.type))
  const part = shown.includes(wanted) ? wanted : 'terms'
  const simulated = useQuery(simulationQuery(draft, subject))
  const parts = {
    ...{ form, currency: client?.currency, choices, preview: undefined },
    isFixed: () => false,
  }

  function create() {
    prepare(queries, values)
    navigate({ to: '/agreements/new', search: { prepared: 'yes' } as never })
  }

  return (
    <>
      <PageHeader title={words.title} above={<Crumbs to="/agreements" label={agreements.title} />}>
        <Button disabled={draft === null} onClick={create}>
          {words.create}
        </Button>
      </PageHeader>
      <Text size="sm" c="dimmed" mb="md">
        {words.about}
      </Text>
      <Stack gap="md">
        <Section title={words.subject}>
          <div className={formClasses.row}>
            {!agreement && (
              <ClientPicker
                label={agreements.fields.client}
                required
                {...form.getInputProps('client_id')}
                onChange={(id) => form.setValues({ client_id: id, services: {} })}
              />
            )}
            <NativeSelect
              label={words.mode}
              data={Object.entries(words.modes).map(([value, label]) => ({ value, label }))}
              value={subject.mode}
              onChange={(event) =>
                setSubject({ ...subject, mode: event.currentTarget.value as Subject['mode'] })
              }
            />
            <NativeSelect
              label={words.months}
              data={MONTHS}
              value={String(subject.months)}
              onChange={(event) =>
                setSubject({ ...subject, months: readWhole(event.currentTarget.value) ?? 12 })
              }
            />
          </div>
          {agreement && (
            <Checkbox
              mt="sm"
              label={words.onlyOf(agreement.name)}
              checked={subject.agreement_id !== null}
              onChange={(event) =>
                setSubject({ ...subject, agreement_id: event.currentTarget.checked ? agreement.id : null })
              }
            />
          )}
        </Section>
        {values.client_id === '' ? (
          <Text size="sm" c="dimmed">
            {words.chooseClient}
          </Text>
        ) : (
          <>
            <BestFitTable
              clientId={values.client_id}
              subject={subject}
              onUse={(option) => form.setValues(valuesFrom(option, values))}
            />
            <div className={formClasses.columns}>
              <WhatIfResult
                found={draft ? simulated.data : undefined}
                error={draft ? simulated.error : null}
              />
              <Stack gap="md">
                <SegmentedControl
                  size="xs"
                  aria-label={words.terms}
                  data={shown.map((one) => ({ value: one, label: words.parts[one] }))}
                  value={part}
                  onChange={(value) => setPart(value as Part)}
                />
                {part === 'terms' && <WhatIfTerms {...parts} />}
                {part === 'hours' && <HoursStep {...parts} inForce={false} />}
                {part === 'services' && <ServicesStep {...parts} />}
              </Stack>
            </div>
          </>
        )}
      </Stack>
    </>
  )
}

type Checks = Omit<ReturnType<typeof checksFor>, 'first_day' | 'reason'>

const complete = (checks: Checks, values: Values) =>
  (Object.keys(checks) as (keyof Checks)[]).every((name) => !checks[name](values[name] as never, values))

/** Derived terms cover every service, without terms of their own for any. */
const valuesFrom = (
  option: Parameters<React.ComponentProps<typeof BestFitTable>['onUse']>[0],
  values: Values,
) => ({
  ...fresh(values.client_id, option.start_date),
  name: option.name,
  type: option.type,
  end_date: option.end_date ?? '',
  frequency: option.frequency ?? '',
  recurring_amount: option.recurring_amount ?? '',
  total_hours: option.total_hours ?? '',
  coverage: 'all' as const,
})
