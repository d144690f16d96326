/** Chooses a service of the client's work, with its rate and the hours left beside each. */
import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { formatQuantity, formatRate } from '@/shared/money'
import type { Choices, ServiceChoice } from './queries'

const { form: texts } = words

type Props = {
  label: string
  choices?: Choices
  none: string
  required?: boolean
  value?: string
  error?: ReactNode
  onChange: (id: string) => void
}

export function ServiceSelect({ label, choices, none, required, value = '', error, onChange }: Props) {
  const offered = (choices?.services ?? []).filter((one) => one.allowed || one.client_service_id === value)
  const refused = choices?.services.some((one) => !one.allowed)
  const asideOf = (id: string) => {
    const service = offered.find((one) => one.client_service_id === id)
    return service && choices ? aside(service, choices) : ''
  }
  return (
    <Select
      size="sm"
      label={label}
      description={refused ? texts.onlyCovered : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      required={required}
      placeholder={none}
      searchable
      clearable
      selectFirstOptionOnChange
      data={offered.map((one) => ({ value: one.client_service_id, label: one.name }))}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      error={error}
      renderOption={({ option }) => (
        <span style={{ display: 'flex', flex: 1, justifyContent: 'space-between', gap: '1rem' }}>
          <span>{option.label}</span>
          <span style={{ color: 'var(--mantine-color-dimmed)' }}>{asideOf(option.value)}</span>
        </span>
      )}
      comboboxProps={{ withinPortal: false }}
    />
  )
}

/** "$125.00/hr · 45 of 60 h left · last used" */
function aside(service: ServiceChoice, choices: Choices): string {
  const hours =
    service.total_hours !== null &&
    texts.left(formatQuantity(service.remaining_hours ?? '0'), formatQuantity(service.total_hours))
  return [
    service.rate !== null && formatRate(service.rate, choices.currency, service.unit),
    hours,
    choices.agreements.length > 0 && !service.covered && texts.notCovered,
    service.client_service_id === choices.last_service_id && texts.lastUsed,
  ]
    .filter(Boolean)
    .join(' · ')
}
