/** The box for a note; each button says who will read it. Ctrl+Enter presses the first one. */
import { Button, Group, Text, Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useApiForm } from '@/shared/form/useApiForm'
import { useLeaveGuard } from '@/shared/form/useLeaveGuard'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { conversation as words } from '@/shared/i18n/en/conversation'
import { notifyDone } from '@/shared/notify'
import { useKey } from '@/shared/useKey'
import classes from './conversation.module.css'

export type Note = { text: string; visible?: boolean }
type Action = { label: string; visible?: boolean; done: string }

type Props = {
  label: string
  actions: [Action, ...Action[]]
  send: (note: Note, key: string) => Promise<unknown>
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

function Box({ label, actions, send, onSent }: Props) {
  const sendOnce = useSendOnce()
  const [pressed, setPressed] = useState<string | null>(null)
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { text: '' },
    validate: { text: (text) => (text.trim() ? null : words.textNeeded) },
  })
  const guard = useLeaveGuard(form.isDirty(), busy)
  useKey('r', () => document.getElementById(BOX)?.focus())

  async function press(action: Action) {
    setPressed(action.label)
    const done = await submit(({ text }) => sendOnce((key) => send({ text, visible: action.visible }, key)))
    if (!done) return
    notifyDone(action.done)
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
