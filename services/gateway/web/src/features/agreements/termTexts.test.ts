import { expect, test } from 'vitest'
import { changeText } from './termTexts'

const of = (field: string, before: string | null, after: string | null, service_name: string | null = null) =>
  changeText({ field, before, after, service_name }, 'USD')

test('a change names the field and shows both values as people write them', () => {
  expect(of('overage_rate', '140.00', '150.00')).toBe('Overage rate: $140.00 → $150.00')
  expect(of('custom_rate', null, '0.00', 'Remote Support')).toBe(
    'Agreement rate of Remote Support: none → $0.00',
  )
  expect(of('total_hours', '100.00', '120.50')).toBe('Included hours: 100 → 120.5')
  expect(of('end_date', '2026-12-31', null)).toBe('End: Dec 31, 2026 → none')
  expect(of('auto_renew', 'false', 'true')).toBe('Renews automatically: No → Yes')
  expect(of('low_hours_threshold', '15.00', '20.00')).toBe('Low-hours alert: 15% → 20%')
})

test('services are added and removed by name', () => {
  expect(of('covered', 'false', 'true', 'Onsite Support')).toBe('Onsite Support added')
  expect(of('covered', 'true', 'false', 'Onsite Support')).toBe('Onsite Support removed')
})

test('long texts are only said to have changed', () => {
  expect(of('scope', 'x'.repeat(100), 'y'.repeat(100))).toBe('Scope changed')
})
