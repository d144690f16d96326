/** Adds a file to an agreement. */
import { Button, FileButton, Group, NativeSelect, Text } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { Agreement } from '@/features/agreements/queries'
import { fileSize } from '@/shared/fileSize'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { agreementDocuments as words } from '@/shared/i18n/en/agreementDocuments'
import { notifyDone } from '@/shared/notify'
import { addDocument, documentsKey, type Kind } from './queries'

const kinds = Object.entries(words.kinds).map(([value, label]) => ({ value, label }))

type Values = { kind: Kind; file: File | null }

export function AddDocument({ agreement, onClose }: { agreement: Agreement; onClose: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm<Values>({
    initialValues: { kind: 'contract', file: null },
    validate: { file: (file) => (file ? null : words.fileNeeded) },
  })
  const { file } = form.getValues()
  const problem = form.errors.file ?? form.errors.name

  async function save() {
    const done = await submit(async ({ kind, file }) => {
      await addDocument(agreement.id, file!, kind)
      await queries.invalidateQueries({ queryKey: documentsKey(agreement.id) })
    })
    if (!done) return
    notifyDone(words.added(file!.name))
    onClose()
  }

  return (
    <FormDialog
      title={words.add}
      action={words.add}
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <Group gap="sm">
        <FileButton onChange={(chosen) => form.setFieldValue('file', chosen)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconPaperclip aria-hidden size={14} />}
              data-autofocus
            >
              {words.choose}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c={file ? undefined : 'dimmed'}>
          {file ? words.chosen(file.name, fileSize(file.size)) : words.limits}
        </Text>
      </Group>
      {problem && (
        <Text size="sm" c="red" role="alert">
          {problem}
        </Text>
      )}
      <NativeSelect label={words.kind} data={kinds} {...form.getInputProps('kind')} />
    </FormDialog>
  )
}
