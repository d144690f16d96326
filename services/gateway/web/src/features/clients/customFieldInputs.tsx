/** Inputs for the fields an MSP has defined for itself, by their types. Nothing is drawn where none are defined. */
import { Anchor, Checkbox, NativeSelect, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { NumberField } from '@/shared/form/NumberField'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { readDecimal } from '@/shared/numbers'
import { type CustomField, customFieldsQuery, type Entity } from './parts'
import classes from './parts.module.css'

export type Answers = Record<string, unknown>

type Props = { entity: Entity; value?: Answers; error?: ReactNode; onChange: (value: Answers) => void }

const INPUT_TYPES: Partial<Record<CustomField['type'], string>> = { date: 'date', email: 'email', url: 'url' }

export function CustomFieldInputs({ entity, value = {}, error, onChange }: Props) {
  const { data } = useQuery(customFieldsQuery(entity))
  if (!data || data.items.length === 0) return null
  const set = (key: string, answer: unknown) => onChange({ ...value, [key]: answer === '' ? null : answer })
  return (
    <fieldset className={classes.group}>
      <legend>{clientParts.customFields.title}</legend>
      {data.items.map((field) => (
        <Input
          key={field.id}
          field={field}
          answer={value[field.key]}
          onChange={(answer) => set(field.key, answer)}
        />
      ))}
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
    </fieldset>
  )
}

function Input({
  field,
  answer,
  onChange,
}: {
  field: CustomField
  answer: unknown
  onChange: (answer: unknown) => void
}) {
  const shared = { label: field.label, required: field.required, mb: 8 }
  if (field.type === 'boolean')
    return (
      <Checkbox
        label={field.label}
        my={8}
        checked={answer === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    )
  const text = answer === null || answer === undefined ? '' : String(answer)
  if (field.type === 'number') return <NumberAnswer {...shared} text={text} onChange={onChange} />
  if (field.type === 'select')
    return (
      <NativeSelect
        {...shared}
        value={text}
        data={[{ value: '', label: '—' }, ...field.options]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      {...shared}
      type={INPUT_TYPES[field.type] ?? 'text'}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

type NumberProps = {
  label: string
  required: boolean
  mb: number
  text: string
  onChange: (answer: string) => void
}

/** The typed text is kept here, since "1." must not lose its point while somebody goes on typing. */
function NumberAnswer({ text, onChange, ...shared }: NumberProps) {
  const [typed, setTyped] = useState(text)
  return (
    <NumberField
      {...shared}
      kind="quantity"
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value)
        onChange(readDecimal(value, { kind: 'quantity' }) ?? value.trim())
      }}
    />
  )
}

/** Label and answer of every defined field, for reading. */
export function useAnswers(entity: Entity, answers: Answers | undefined): [string, ReactNode][] {
  const { data } = useQuery(customFieldsQuery(entity))
  return (data?.items ?? []).map((field) => [field.label, shown(field, answers?.[field.key])])
}

function shown(field: CustomField, answer: unknown): ReactNode {
  if (answer === null || answer === undefined || answer === '') return null
  if (field.type === 'boolean') return answer ? clientParts.yes : clientParts.no
  if (field.type === 'url')
    return (
      <Anchor inherit href={String(answer)} target="_blank" rel="noreferrer">
        {String(answer)}
      </Anchor>
    )
  return String(answer)
}
