/** A form whose server errors land on their fields; what belongs to no field is shown above them. */
import { type UseFormInput, useForm } from '@mantine/form'
import { useState } from 'react'
import { ApiError, fieldErrors } from '@/api/problem'
import { errorText } from '@/shared/notify'

export function useApiForm<Values extends Record<string, unknown>>(input: UseFormInput<Values>) {
  const form = useForm<Values>({ mode: 'controlled', ...input })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [doubted, setDoubted] = useState<string | null>(null)
  /** The server asked whether these very values are right; any edit withdraws the question. */
  const confirming = doubted !== null && doubted === JSON.stringify(form.getValues())

  /** Submits through `save`, which sends `confirm` to the server; resolves to true when it went through. */
  async function submit(save: (values: Values, confirm: boolean) => Promise<unknown>): Promise<boolean> {
    if (form.validate().hasErrors) return false
    setBusy(true)
    setFailure(null)
    try {
      await save(form.getValues(), confirming)
      return true
    } catch (error) {
      const confirmable = error instanceof ApiError && error.confirmable
      setDoubted(confirmable ? JSON.stringify(form.getValues()) : null)
      const { own, rest } = splitErrors(fieldErrors(error), Object.keys(form.getValues()))
      form.setErrors(own)
      setFailure(Object.keys(own).length > 0 ? rest.join(' ') || null : rest.join(' ') || errorText(error))
      return false
    } finally {
      setBusy(false)
    }
  }

  return { form, busy, failure, confirming, submit }
}

/** "billing_cc_emails.3" belongs to the field "billing_cc_emails"; "_schema" and unknown names to the form. */
export function splitErrors(errors: Record<string, string>, fields: string[]) {
  const own: Record<string, string> = {}
  const rest: string[] = []
  for (const [path, text] of Object.entries(errors)) {
    const field = fields.find((name) => path === name || path.startsWith(`${name}.`))
    if (!field) rest.push(path.startsWith('_') ? text : `${path}: ${text}`)
    else own[field] = own[field] ? `${own[field]} ${text}` : text
  }
  return { own, rest }
}
