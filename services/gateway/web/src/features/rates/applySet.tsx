import { NativeSelect } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { rateLists as words } from '@/shared/i18n/en/rates'
import { notifyDone } from '@/shared/notify'
import { applySet, serviceSetsQuery } from './acrossQueries'
import type { CardClient } from './cardClient'
import { refreshCard } from './queries'

export function ApplySet({ client, onClose }: { client: CardClient; onClose: () => void }) {
  const queries = useQueryClient()
  const sets = useQuery(serviceSetsQuery).data?.items ?? []
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { service_set_id: '' },
    validate: { service_set_id: (id) => (id ? null : words.chooseSet) },
  })

  async function save() {
    const done = await submit(async ({ service_set_id }) => {
      const { added } = await applySet(client.id, service_set_id)
      await refreshCard(queries, client.id)
      const set = sets.find((one) => one.id === service_set_id)
      notifyDone(words.setApplied(added ?? 0, set?.name ?? ''))
    })
    if (done) onClose()
  }

  return (
    <FormDialog
      title={words.setTitle}
      action={words.setApply}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <NativeSelect
        label={words.set}
        description={words.setHint}
        data={[{ value: '', label: '—' }, ...sets.map((one) => ({ value: one.id!, label: one.name }))]}
        {...form.getInputProps('service_set_id')}
      />
    </FormDialog>
  )
}
