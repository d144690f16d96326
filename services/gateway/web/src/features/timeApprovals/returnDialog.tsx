import { Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { timeApprovals as words } from '@/shared/i18n/en/timeApprovals'
import { notifyDone, notifyFailure } from '@/shared/notify'
import type { BulkTarget } from '@/shared/table/types'
import { approvalsKey, giveBack } from './queries'

export function ReturnDialog({ target, onClose }: { target: BulkTarget; onClose: () => void }) {
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { reason: '' },
    validate: { reason: (reason) => (reason.trim() ? null : words.reasonNeeded) },
  })
  async function save() {
    const done = await submit(async ({ reason }) => {
      const { succeeded, skipped, failed, results } = await sendOnce((key) => giveBack(target, reason, key))
      const why = results.find((result) => result.error)?.error ?? ''
      if (succeeded > 0) notifyDone(words.returned(succeeded))
      if (skipped + failed > 0) notifyFailure(words.notReturned(skipped + failed, why))
      await queries.invalidateQueries({ queryKey: approvalsKey })
    })
    if (done) onClose()
  }
  return (
    <FormDialog
      title={words.returnTitle}
      action={words.return}
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <Textarea
        label={words.reason}
        description={words.reasonHint}
        required
        autosize
        minRows={2}
        maxLength={1000}
        data-autofocus
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  )
}
