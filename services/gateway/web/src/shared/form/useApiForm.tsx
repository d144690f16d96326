/**
 * A form whose server errors land on their fields; what belongs to no field is shown above them. Nothing typed is lost:
 * when someone else saved first, their changes are merged in and fields that both changed are marked.
 */
import { type UseFormInput, useForm } from '@mantine/form'
import { useEffect, useRef, useState } from 'react'
import { ApiError, fieldErrors } from '@/api/problem'
import { edits as words } from '@/shared/i18n/en/edits'
import { errorText } from '@/shared/notify'
import { mergeValues } from './merge'
import { TheirValue } from './TheirValue'

type Versioned = { version: number }

/** The object a form edits: as it was loaded, how the form holds it, and how to load it again. */
export type Edited<Source extends Versioned, Values> = {
  of: Source
  valuesOf: (source: Source) => Values
  load: (source: Source) => Promise<Source>
}

type Save<Values, Source> = (
  values: Values,
  /** `confirm` answers the server's question; `source` is the newest version of the edited object. */
  about: { confirm: boolean; source: Source },
) => Promise<unknown>

export function useApiForm<Values extends Record<string, unknown>, Source extends Versioned = Versioned>({
  edited,
  ...input
}: UseFormInput<Values> & { edited?: Edited<Source, Values> | null }) {
  const form = useForm<Values>({ mode: 'controlled', ...input })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [doubted, setDoubted] = useState<string | null>(null)
  /** The server asked whether these very values are right; any edit withdraws the question. */
  const confirming = doubted !== null && doubted === JSON.stringify(form.getValues())
  const object = useRef(edited?.of)
  /** What the form and the server last agreed on. */
  const base = useRef(form.getValues())
  const conflicting = useRef(0)

  function merge(newest: Source): number {
    if (newest.version <= object.current!.version) return conflicting.current
    const theirs = edited!.valuesOf(newest)
    const mine = form.getValues()
    const refused = form.errors
    const { values, conflicts } = mergeValues(base.current, mine, theirs)
    object.current = newest
    base.current = theirs
    form.setInitialValues(theirs)
    form.setValues(values as never)
    form.resetDirty(theirs)
    // setting the values has cleared all errors; those of values that stayed still hold
    const stayed = Object.entries(refused).filter(([field]) => values[field] === mine[field])
    form.setErrors(Object.fromEntries(stayed))
    for (const field of conflicts) {
      const take = () => {
        form.setFieldValue(field as never, theirs[field] as never)
        form.clearFieldError(field)
      }
      form.setFieldError(field, <TheirValue value={theirs[field]} onTake={take} />)
    }
    conflicting.current = conflicts.length
    return conflicts.length
  }

  // The page has loaded it again, after a save of one's own or someone else's. While a save runs it isn't known yet
  // whether what was sent is the server's too.
  const newer = edited && object.current && edited.of.version > object.current.version ? edited.of : null
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a newer version is merged, once
  useEffect(() => {
    if (newer && !busy) merge(newer)
  }, [newer, busy])

  async function mergeNewest(): Promise<string> {
    const conflicts = merge(await edited!.load(object.current!))
    return conflicts > 0 ? words.conflicts(conflicts) : words.merged
  }

  /** Submits through `save`; resolves to true when it went through. */
  async function submit(save: Save<Values, Source>): Promise<boolean> {
    if (form.validate().hasErrors) return false
    const values = form.getValues()
    setBusy(true)
    setFailure(null)
    try {
      await save(values, { confirm: confirming, source: object.current as Source })
      base.current = values
      form.resetDirty(values)
      return true
    } catch (error) {
      if (edited && error instanceof ApiError && error.status === 412)
        setFailure(await mergeNewest().catch(errorText))
      else refuse(error)
      return false
    } finally {
      setBusy(false)
    }
  }

  function refuse(error: unknown) {
    const confirmable = error instanceof ApiError && error.confirmable
    setDoubted(confirmable ? JSON.stringify(form.getValues()) : null)
    const { own, rest } = splitErrors(fieldErrors(error), Object.keys(form.getValues()))
    form.setErrors(own)
    setFailure(Object.keys(own).length > 0 ? rest.join(' ') || null : rest.join(' ') || errorText(error))
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
