import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { renderAt } from '@/test-render'
import { DraftChanges } from './draftChanges'
import type { Invoice } from './queries'

const draft = (values: Partial<Invoice>) => ({ changes_since_draft: [], warnings: [], ...values }) as Invoice

it('tells what was and what will be on the invoice', async () => {
  const changes = [
    { field: 'net_terms', was: '30', now: '14' },
    { field: 'bill_to.tax_id', was: null, now: 'NEW-2' },
  ]
  await renderAt('/', <DraftChanges invoice={draft({ changes_since_draft: changes })} />)
  expect(await screen.findByRole('row', { name: 'Terms Net 30 days Net 14 days' })).toBeVisible()
  expect(screen.getByRole('row', { name: 'Tax ID None NEW-2' })).toBeVisible()
  expect(screen.queryByText('Check before you send it')).toBeNull()
})

it('shows the warnings', async () => {
  await renderAt('/', <DraftChanges invoice={draft({ warnings: ['2026-01-02 is before 2026-01-05.'] })} />)
  expect(await screen.findByText('2026-01-02 is before 2026-01-05.')).toBeVisible()
})
