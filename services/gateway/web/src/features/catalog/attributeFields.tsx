/** What new subscriptions of a plan start with: the fields its category has, each by its type. */
import { ActionIcon, Button, Input, NativeSelect, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { NumberField } from '@/shared/form/NumberField'
import { plans as words } from '@/shared/i18n/en/catalogPrices'
import { common } from '@/shared/i18n/en/common'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import classes from './attributeFields.module.css'
import { type AttributeValue, isList, readAttribute, shownAttribute } from './attributes'
import { type Attribute, planCategoriesQuery } from './queries'

export type Attributes = Record<string, AttributeValue>

type Props = {
  category: string
  value: Attributes
  error?: ReactNode
  onChange: (value: Attributes) => void
}

export function AttributeFields({ category, value, error, onChange }: Props) {
  const query = useQuery(planCategoriesQuery)
  const wanted = query.data?.items.find((one) => one.key === category)
  return (
    <Section title={words.attributes}>
      <Text size="xs" c="dimmed" mb="sm">
        {words.attributesHint}
      </Text>
      {query.isPending ? (
        <RowsSkeleton rows={3} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : (
        <div className={classes.fields}>
          {wanted?.attributes.map((attribute) => (
            <Field
              key={attribute.key}
              attribute={attribute}
              value={value[attribute.key]}
              onChange={(next) => onChange(withValue(value, attribute.key, next))}
            />
          ))}
        </div>
      )}
      {wanted?.free && <FreeAttributes value={value} onChange={onChange} />}
      {error && (
        <Input.Error role="alert" mt="xs">
          {error}
        </Input.Error>
      )}
    </Section>
  )
}

type FieldProps = {
  attribute: Attribute
  value: AttributeValue | undefined
  onChange: (value: AttributeValue) => void
}

function Field({ attribute, value, onChange }: FieldProps) {
  const { label, type, options, help } = attribute
  // typed text is kept as it is: "1." must not lose its point while somebody goes on typing
  const [text, setText] = useState(() => shownAttribute(value))
  const change = (next: string) => {
    setText(next)
    onChange(readAttribute(type, next))
  }
  if (type === 'boolean' || type === 'select')
    return (
      <NativeSelect
        label={label}
        data={[{ value: '', label: '—' }, ...(type === 'boolean' ? YES_NO : options)]}
        value={value === null || value === undefined ? '' : String(value)}
        onChange={({ currentTarget: { value: next } }) =>
          onChange(next === '' ? null : type === 'boolean' ? next === 'true' : next)
        }
      />
    )
  const shared = {
    label,
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value),
  }
  if (type === 'dns_records')
    return (
      <Textarea
        {...shared}
        className={classes.wide}
        description={words.dnsHint}
        placeholder="www 3600 A 192.0.2.1"
        autosize
        minRows={2}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
    )
  if (type === 'integer' || type === 'number')
    return (
      <NumberField
        {...shared}
        kind={type === 'integer' ? 'whole' : 'quantity'}
        placeholder={help || undefined}
      />
    )
  return (
    <TextInput
      {...shared}
      placeholder={help || undefined}
      description={isList(type) ? words.listHint : undefined}
    />
  )
}

const YES_NO = [
  { value: 'true', label: common.yes },
  { value: 'false', label: common.no },
]

function withValue(values: Attributes, key: string, value: AttributeValue): Attributes {
  const { [key]: _, ...rest } = values
  return value === null ? rest : { ...rest, [key]: value }
}

/** Defaults of any name, for categories that fix none. */
function FreeAttributes({ value, onChange }: Pick<Props, 'value' | 'onChange'>) {
  const [name, setName] = useState('')
  const key = name.trim().toLowerCase().replace(/\s+/g, '_')
  function add() {
    if (!key) return
    onChange({ ...value, [key]: value[key] ?? '' })
    setName('')
  }
  return (
    <>
      <div className={classes.fields}>
        {Object.keys(value).map((one) => (
          <div key={one} className={classes.free}>
            <TextInput
              label={one}
              value={shownAttribute(value[one])}
              onChange={(event) => onChange({ ...value, [one]: event.currentTarget.value })}
            />
            <ActionIcon
              aria-label={words.removeAttribute(one)}
              onClick={() => onChange(withValue(value, one, null))}
            >
              <IconX size={15} />
            </ActionIcon>
          </div>
        ))}
      </div>
      <div className={classes.free}>
        <TextInput
          size="xs"
          aria-label={words.attributeName}
          placeholder={words.attributeName}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus aria-hidden size={14} />}
          onClick={add}
        >
          {words.addAttribute}
        </Button>
      </div>
    </>
  )
}
