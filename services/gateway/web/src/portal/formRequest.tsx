/** A request with the questions of a form. */
import { NativeSelect, Text, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { orderForms as texts } from '@/shared/i18n/en/orderForms'
import { portal } from '@/shared/i18n/en/portal'
import { notifyDone } from '@/shared/notify'
import { readDecimal } from '@/shared/numbers'
import { type Form, ordersKey, submitForm } from './orderQueries'

const words = portal.orders
type Question = Form['questions'][number]

/** `kind` chooses another form, or none. */
type Props = { form: Form; kind: ReactNode; onClose: () => void }

export function FormRequest({ form: asked, kind, onClose }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const sendOnce = useSendOnce()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { answers: asked.questions.map(() => '') },
    validate: {
      answers: (answers) =>
        asked.questions.every((question, at) => !question.required || answers[at]?.trim())
          ? null
          : texts.portal.answerNeeded,
    },
  })
  const { answers } = form.getValues()
  const missing = (question: Question, at: number) =>
    form.errors.answers && question.required && !answers[at]?.trim() ? texts.portal.answerNeeded : null

  async function send() {
    const done = await submit(async (current) => {
      const body = {
        form_version: asked.form_version,
        answers: asked.questions.map((question, at) => answerOf(question, current.answers[at] ?? '')),
      }
      const order = await sendOnce((key) => submitForm(asked.id, body, key))
      await queries.invalidateQueries({ queryKey: ordersKey })
      notifyDone(words.sent(order.number))
      navigate({ to: `/work-orders/${order.id}` as never })
    })
    if (done) onClose()
  }

  return (
    <FormDialog
      title={words.new}
      action={words.send}
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={send}
      onClose={onClose}
    >
      {kind}
      {asked.description && <Text size="sm">{asked.description}</Text>}
      {asked.questions.map((question, at) => (
        <Answer
          key={question.label}
          question={question}
          value={answers[at] ?? ''}
          error={form.errors[`answers.${at}`] ?? missing(question, at)}
          onChange={(text) => form.setFieldValue('answers', answers.with(at, text))}
        />
      ))}
    </FormDialog>
  )
}

/** What is sent for the text of a field; null if it was left empty. */
function answerOf({ type }: Question, text: string): string | boolean | null {
  if (!text.trim()) return null
  if (type === 'yes_no') return text === 'yes'
  return type === 'number' ? (readDecimal(text, { kind: 'quantity' }) ?? text) : text.trim()
}

type AnswerProps = {
  question: Question
  value: string
  error: ReactNode
  onChange: (text: string) => void
}

function Answer({ question, value, error, onChange }: AnswerProps) {
  const { label, type, required, choices } = question
  const shared = {
    label,
    required,
    error,
    value,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  }
  const none = { value: '', label: texts.portal.choose }
  if (type === 'choice') return <NativeSelect {...shared} data={[none, ...choices]} />
  if (type === 'yes_no') {
    const both = Object.entries(texts.values).map(([key, name]) => ({ value: key, label: name }))
    return <NativeSelect {...shared} data={[none, ...both]} />
  }
  if (type === 'number') return <NumberField kind="quantity" {...shared} />
  if (type === 'date') return <TextInput type="date" {...shared} />
  return <Textarea autosize minRows={1} maxRows={10} {...shared} />
}
