/** An agreement put together step by step; all steps are one form, so nothing typed is lost on the way. */
import { Alert, Button, Group, Stack, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import formClasses from '@/features/catalog/form.module.css'
import { clientQuery } from '@/features/clients/queries'
import { useApiForm } from '@/shared/form/useApiForm'
import { useLeaveGuard } from '@/shared/form/useLeaveGuard'
import { agreementForm as words } from '@/shared/i18n/en/agreementForm'
import { common } from '@/shared/i18n/en/common'
import { AmendmentFields } from './amendmentFields'
import { ClientStep } from './clientStep'
import classes from './editor.module.css'
import { type Choice, fieldsOf, type Step, stepsOf } from './formParts'
import { HoursStep } from './hoursStep'
import { type AgreementBody, type Amending, loadWhole, previewQuery } from './queries'
import { ReviewStep } from './reviewStep'
import { ServicesStep } from './servicesStep'
import { SplitStep } from './splitStep'
import { TermsStep } from './termsStep'
import { Totals } from './totals'
import { useChoices } from './useChoices'
import { bodyOf, changesTerms, checksFor, type Values, valuesOf, type Whole } from './values'

const PREVIEW_DELAY_MS = 250

type Props = {
  agreement: Whole | null
  initial: Values
  onSave: (
    body: AgreementBody,
    about: { activate: boolean; source: Whole; amendment: Amending | null },
  ) => Promise<unknown>
  onCancel: () => void
}

export function AgreementEditor({ agreement, initial, onSave, onCancel }: Props) {
  const queries = useQueryClient()
  const known = useRef<{ currency?: string; choices: Choice[] }>({ choices: [] })
  const [checks] = useState(() =>
    checksFor(() => ({
      currency: known.current.currency,
      name: (id) => known.current.choices.find((row) => row.id === id)?.name ?? id,
      amends: (values) => agreement?.terms_from != null && changesTerms(values, agreement),
    })),
  )
  const { form, busy, failure, confirming, submit } = useApiForm<Values, Whole>({
    initialValues: initial,
    validate: checks,
    edited: agreement && { of: agreement, valuesOf, load: (one) => loadWhole(queries, one.id) },
  })
  const guard = useLeaveGuard(form.isDirty(), busy)
  const values = form.getValues()
  const client = useQuery({ ...clientQuery(values.client_id), enabled: values.client_id !== '' }).data
  const choices = useChoices(values.client_id, agreement)
  known.current = { currency: client?.currency, choices }

  const steps = stepsOf(values.type)
  const [wanted, setStep] = useState<Step>('client')
  const step = steps.includes(wanted) ? wanted : 'services'
  const at = steps.indexOf(step)
  const wrong = (one: Step) => fieldsOf[one].some((field) => form.errors[field])

  // A refused save leads to the first step with something to mend.
  const [refused, setRefused] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each refusal, after its errors are in the form
  useEffect(() => {
    const first = steps.find(wrong)
    if (refused > 0 && first && !wrong(step)) setStep(first)
  }, [refused])

  const top = useRef<HTMLElement>(null)
  const opened = useRef(step)
  // A step is read from its beginning, even if the one before was scrolled to its end.
  useEffect(() => {
    if (opened.current !== step) top.current?.scrollIntoView({ block: 'start' })
    opened.current = step
  }, [step])

  const [draft] = useDebouncedValue(
    useMemo(() => (complete(checks, values) ? bodyOf(values) : null), [checks, values]),
    PREVIEW_DELAY_MS,
  )
  const preview = useQuery(previewQuery(draft))
  const shown = { preview: draft ? preview.data : undefined, error: draft ? preview.error : null }

  function goOn() {
    const fields = fieldsOf[step].map((field) => form.validateField(field).hasError)
    if (!fields.includes(true)) setStep(steps[at + 1]!)
  }

  async function save(activate: boolean) {
    const saved = await submit((current, { confirm, source }) =>
      onSave(
        { ...bodyOf(current), confirm, activate },
        { activate, source, amendment: amendmentOf(current) },
      ),
    )
    if (!saved) setRefused((count) => count + 1)
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (at < steps.length - 1 && !agreement) goOn()
    else save(false)
  }

  const isFixed = (field: string) => agreement?.fixed_fields.includes(field) ?? false
  const parts = { form, currency: client?.currency, choices, isFixed, preview: shown.preview }
  const last = step === 'review'
  const label = confirming ? common.anyway : (text: string) => text
  return (
    <form onSubmit={onSubmit} noValidate>
      <nav aria-label={words.steps.label} ref={top} className={classes.nav}>
        <ol className={classes.steps}>
          {steps.map((one, index) => (
            <li key={one}>
              <UnstyledButton
                className={classes.step}
                aria-current={one === step ? 'step' : undefined}
                data-wrong={wrong(one) || undefined}
                onClick={() => setStep(one)}
              >
                {index + 1}. {words.steps[one]}
              </UnstyledButton>
            </li>
          ))}
        </ol>
      </nav>
      {failure && (
        <Alert color="red" role="alert" mb="md">
          {failure}
        </Alert>
      )}
      {confirming && (
        <Alert color="yellow" role="alert" mb="md">
          {common.confirmDoubts(common.anyway(agreement ? common.save : words.createDraft))}
        </Alert>
      )}
      <div className={formClasses.columns}>
        <div>
          {step === 'client' && <ClientStep {...parts} editing={agreement !== null} />}
          {step === 'terms' && <TermsStep {...parts} />}
          {step === 'services' && <ServicesStep {...parts} />}
          {step === 'hours' && (
            <HoursStep {...parts} inForce={agreement !== null && agreement.status !== 'draft'} />
          )}
          {step === 'split' && <SplitStep {...parts} />}
          {last && <ReviewStep {...parts} clientName={client?.name ?? ''} />}
        </div>
        <div className={formClasses.side}>
          <Stack gap="md">
            <Totals {...shown} />
            {agreement?.terms_from && <AmendmentFields form={form} from={agreement.terms_from} />}
          </Stack>
        </div>
      </div>
      <div className={formClasses.bar}>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => guard.ask(onCancel)}>
            {common.cancel}
          </Button>
          {at > 0 && (
            <Button variant="default" onClick={() => setStep(steps[at - 1]!)}>
              {words.back}
            </Button>
          )}
          {!last && (
            <Button variant={agreement ? 'default' : 'filled'} onClick={goOn}>
              {words.next}
            </Button>
          )}
          {agreement && (
            <Button type="submit" loading={busy} disabled={!form.isDirty()}>
              {label(common.save)}
            </Button>
          )}
          {!agreement && last && (
            <>
              <Button type="submit" variant="default" loading={busy}>
                {label(words.createDraft)}
              </Button>
              <Button loading={busy} onClick={() => save(true)}>
                {label(words.createActive)}
              </Button>
            </>
          )}
        </Group>
      </div>
      {guard.question}
    </form>
  )
}

type Checks = ReturnType<typeof checksFor>

/** Whether the terms can be previewed; why they change is asked for only when they are saved. */
const complete = ({ first_day, reason, ...checks }: Checks, values: Values) =>
  (Object.keys(checks) as (keyof typeof checks)[]).every(
    (name) => !checks[name](values[name] as never, values),
  )

const amendmentOf = ({ first_day, reason }: Values): Amending | null =>
  first_day ? { first_day, reason: reason.trim() || null } : null
