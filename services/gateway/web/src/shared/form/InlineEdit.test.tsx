import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderAt } from '@/test-render'
import { InlineEdit } from './InlineEdit'

async function edit() {
  const user = userEvent.setup()
  const onCommit = vi.fn()
  await renderAt(
    '/',
    <InlineEdit
      value="125.00"
      shown="$125.00"
      label="New rate"
      editLabel="Edit rate"
      rules={{ kind: 'money', currency: 'USD', above: '0' }}
      unit="Hour"
      onCommit={onCommit}
    />,
  )
  await user.click(await screen.findByRole('button', { name: /Edit rate/ }))
  const field = screen.getByLabelText('New rate')
  await user.clear(field)
  return { user, field, onCommit }
}

it('commits on Enter and gives the focus back', async () => {
  const { user, onCommit } = await edit()
  await user.keyboard('110{Enter}')
  expect(onCommit).toHaveBeenCalledExactlyOnceWith('110')
  expect(screen.getByRole('button', { name: /Edit rate/ })).toHaveFocus()
})

it('commits when it is left', async () => {
  const { user, onCommit } = await edit()
  await user.keyboard('99.5')
  expect(screen.getByText('= $99.50/hr')).toBeInTheDocument()
  await user.tab()
  expect(onCommit).toHaveBeenCalledExactlyOnceWith('99.5')
})

it('gives up on Escape', async () => {
  const { user, onCommit } = await edit()
  await user.keyboard('110{Escape}')
  expect(onCommit).not.toHaveBeenCalled()
})

it('says what is wrong and commits nothing', async () => {
  const { user, onCommit } = await edit()
  await user.keyboard('12,5{Enter}')
  expect(screen.getByText(/Enter 12\.5\./)).toBeInTheDocument()
  await user.tab()
  expect(screen.getByLabelText('New rate')).toHaveValue('12,5')
  expect(onCommit).not.toHaveBeenCalled()
})

it('takes an unchanged value for no edit', async () => {
  const { user, onCommit } = await edit()
  await user.keyboard('125.00{Enter}')
  expect(onCommit).not.toHaveBeenCalled()
})
