/** The box for a note; each button says who will read it. Ctrl+Enter presses the first one. */
import { Button, Group, Text, Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useApiForm } from '@/shared/form/useApiForm'
import { useLeaveGuard } from '@/shared/form/useLeaveGuard'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { conversation as words } from '@/shared/i18n/en/conversation'
import { notifyDone } from '@/shared/notify'
import { useKey } from '@/shared/useKey'
import classes from './conversation.module.css'
import { FileChooser } from './Files'
import { attachFile, sendNote } from './queries'

type Action = { label: string; visible?: boolean; done: string }

type Props = {
  orderId: string
  label: string
  actions: [Action, ...Action[]]
  onSent: () => Promise<unknown>
}

const BOX = 'conversation-reply'

export function ReplyBox(props: Props) {
  const [sent, setSent] = useState(0)
  useEffect(() => {
    if (sent > 0) document.getElementById(BOX)?.focus()
  }, [sent])
  // Each note has a form of its own, so that its idempotency key is never used for the next one.
  return <Box key={sent} {...props} onSent={() => props.onSent().finally(() => setSent(sent + 1))} />
}

function Box({ orderId, label, actions, onSent }: Props) {
  const sendOnce = useSendOnce()
  const uploadOnce = useUploadOnce(orderId)
  const [pressed, setPressed] = useState<string | null>(null)
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { text: '', files: [] as File[] },
    validate: { text: (text) => (text.trim() ? null : words.textNeeded) },
  })
  const guard = useLeaveGuard(form.isDirty(), busy)
  useKey('r', () => document.getElementById(BOX)?.focus())

  async function press({ label, visible, done }: Action) {
    setPressed(label)
    const sent = await submit(async ({ text, files }) => {
      const attachment_ids: string[] = []
      for (const file of files) attachment_ids.push(await uploadOnce(file, visible))
      return sendOnce((key) => sendNote(orderId, { text, visible, attachment_ids }, key))
    })
    if (!sent) return
    notifyDone(done)
    await onSent()
  }

  return (
    <div className={classes.reply}>
      {guard.question}
      <Textarea
        id={BOX}
        label={label}
        aria-keyshortcuts="r"
        autosize
        minRows={2}
        maxRows={14}
        maxLength={20_000}
        {...form.getInputProps('text')}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !busy) press(actions[0])
        }}
      />
      <FileChooser files={form.values.files} onChange={(files) => form.setFieldValue('files', files)} />
      {failure && (
        <Text role="alert" size="sm" c="red">
          {failure}
        </Text>
      )}
      <Group gap="xs">
        {actions.map((action, at) => (
          <Button
            key={action.label}
            variant={at === 0 ? 'filled' : 'default'}
            loading={busy && pressed === action.label}
            disabled={busy && pressed !== action.label}
            onClick={() => press(action)}
          >
            {action.label}
          </Button>
        ))}
      </Group>
    </div>
  )
}

/** Uploads a file the first time; a second try to send the note finds it there. */
function useUploadOnce(orderId: string) {
  const done = useRef(new Map<File, string>())
  return async (file: File, visible: boolean | undefined): Promise<string> => {
    const known = done.current.get(file)
    if (known) return known
    const { id } = await attachFile(orderId, file, visible)
    done.current.set(file, id)
    return id
  }
}
