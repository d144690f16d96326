/** A draft being edited. Its lines can change unless they come from billable items; notes and date always. */
import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useApiForm } from '@/shared/form/useApiForm'
import { useLeaveGuard } from '@/shared/form/useLeaveGuard'
import { common } from '@/shared/i18n/en/common'
import { drafts as words } from '@/shared/i18n/en/drafts'
import { notifyDone } from '@/shared/notify'
import { Section } from '@/shared/Section'
import classes from './draft.module.css'
import { DraftLines } from './draftLines'
import { draftBody, draftValues, linesProblem } from './draftValues'
import { Lines } from './lines'
import { type Invoice, invoiceQuery, invoicesKey, loadInvoice, saveDraft } from './queries'

const { fields } = words

export function DraftEditor({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const queries = useQueryClient()
  const fixed = invoice.lines_fixed_because
  const { form, busy, failure, submit } = useApiForm({
    initialValues: draftValues(invoice),
    edited: { of: invoice, valuesOf: draftValues, load: loadInvoice },
    validate: { lines: (lines) => (fixed ? null : linesProblem(lines, invoice.currency)) },
  })
  const { lines } = form.getValues()
  const guard = useLeaveGuard(form.isDirty(), busy)

  async function save(event: FormEvent) {
    event.preventDefault()
    const done = await submit(async (values, { source }) => {
      const saved = await saveDraft(source, draftBody(values, fixed === null))
      queries.setQueryData(invoiceQuery(invoice.id).queryKey, saved)
      queries.invalidateQueries({ queryKey: invoicesKey })
    })
    if (!done) return
    notifyDone(words.saved)
    onClose()
  }

  return (
    <form onSubmit={save} noValidate aria-label={words.editing}>
      <Stack gap="md">
        {failure && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        {fixed ? (
          <Section title={words.lines} flush>
            <Text size="sm" c="dimmed" px="md" pb="xs">
              {fixed}
            </Text>
            <Lines invoice={invoice} />
          </Section>
        ) : (
          <DraftLines
            invoice={invoice}
            value={lines}
            error={form.errors.lines}
            onChange={(next) => form.setFieldValue('lines', next)}
          />
        )}
        <Section title={fields.notes}>
          <Group align="flex-start" grow preventGrowOverflow={false}>
            <Textarea
              label={fields.notes}
              autosize
              minRows={3}
              maxLength={5000}
              {...form.getInputProps('notes')}
            />
            <TextInput
              label={fields.issued_on}
              description={words.issuedOnHint}
              type="date"
              maw="16rem"
              {...form.getInputProps('issued_on')}
            />
          </Group>
        </Section>
        <div className={classes.bar}>
          <Text size="xs" c="dimmed">
            {lines.some((line) => line.amount === null) && words.asSaved}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={() => guard.ask(onClose)}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={busy} disabled={!form.isDirty()}>
              {common.save}
            </Button>
          </Group>
        </div>
      </Stack>
      {guard.question}
    </form>
  )
}
