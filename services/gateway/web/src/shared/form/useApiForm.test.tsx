import { TextInput } from '@mantine/core'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/problem'
import { renderAt } from '@/test-render'
import { FormDialog } from './FormDialog'
import { mergeValues } from './merge'
import { splitErrors, useApiForm } from './useApiForm'

it('gives each field its own errors, indexes included, and the form the rest', () => {
  const errors = {
    'billing_cc_emails.3': '“x” is no address.',
    billing_cc_emails: 'At most 10.',
    _schema: 'Give one of both.',
    other: 'Unknown field.',
  }
  expect(splitErrors(errors, ['name', 'billing_cc_emails'])).toEqual({
    own: { billing_cc_emails: '“x” is no address. At most 10.' },
    rest: ['Give one of both.', 'other: Unknown field.'],
  })
})

describe('mergeValues', () => {
  const base = { name: 'Acme', phone: '1', tags: ['a'] }
  it('takes what only the other one changed', () => {
    const merged = mergeValues(base, { ...base, name: 'Acme Ltd' }, { ...base, phone: '2', tags: [] })
    expect(merged).toEqual({ values: { name: 'Acme Ltd', phone: '2', tags: [] }, conflicts: [] })
  })

  it('keeps mine where both changed, and says so; the same change is no conflict', () => {
    const mine = { name: 'Mine', phone: '9', tags: ['a'] }
    expect(mergeValues(base, mine, { ...base, name: 'Theirs', phone: '9' })).toEqual({
      values: mine,
      conflicts: ['name'],
    })
  })
})

type Thing = { version: number; name: string; phone: string }
const valuesOf = ({ name, phone }: Thing) => ({ name, phone })

type EditorProps = {
  of?: Thing
  save: (values: unknown, about: unknown) => Promise<void>
  load: (thing: Thing) => Promise<Thing>
  onClose: () => void
}

const ACME: Thing = { version: 1, name: 'Acme', phone: '1' }

function Editor({ of = ACME, save, load, onClose }: EditorProps) {
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(of),
    edited: { of, valuesOf, load },
  })
  return (
    <FormDialog
      title="Edit"
      busy={busy}
      failure={failure}
      onClose={onClose}
      onSubmit={async () => (await submit(save)) && onClose()}
    >
      <TextInput label="Name" {...form.getInputProps('name')} />
      <TextInput label="Phone" {...form.getInputProps('phone')} />
    </FormDialog>
  )
}

async function open() {
  const user = userEvent.setup()
  const save = vi.fn(async () => {})
  const load = vi.fn(async () => ({ version: 2, name: 'Theirs', phone: '2' }))
  const onClose = vi.fn()
  await renderAt('/', <Editor save={save} load={load} onClose={onClose} />)
  await user.type(await screen.findByLabelText('Name'), ' Ltd')
  return { user, save, load, onClose }
}

it('merges a newer version on 412: mine stays, theirs is marked and can be taken, the next save goes through', async () => {
  const { user, save, onClose } = await open()
  save.mockRejectedValueOnce(new ApiError(412, { title: 'Precondition Failed' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('The field you both changed is marked')
  expect(screen.getByLabelText('Name')).toHaveValue('Acme Ltd')
  expect(screen.getByLabelText('Phone')).toHaveValue('2')
  expect(screen.getByText(/Someone else changed this to “Theirs”/)).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Use theirs' }))
  expect(screen.getByLabelText('Name')).toHaveValue('Theirs')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
  expect(save).toHaveBeenLastCalledWith(
    { name: 'Theirs', phone: '2' },
    expect.objectContaining({ source: { version: 2, name: 'Theirs', phone: '2' } }),
  )
})

/** A save that is refused while the page loads what someone else saved. */
function Refused() {
  const [of, setOf] = useState(ACME)
  async function save() {
    setOf({ version: 2, name: 'Acme', phone: '2' })
    throw new ApiError(422, { title: 'Invalid', errors: { name: ['Names are unique.'] } })
  }
  return <Editor of={of} save={save} load={async () => of} onClose={() => {}} />
}

it('keeps what the server refused at a field when the page loads a newer version', async () => {
  const user = userEvent.setup()
  await renderAt('/', <Refused />)
  await user.type(await screen.findByLabelText('Name'), ' Ltd')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.getByLabelText('Phone')).toHaveValue('2'))
  expect(await screen.findByText('Names are unique.')).toBeInTheDocument()
  expect(screen.getByLabelText('Name')).toHaveValue('Acme Ltd')
})

it('asks once before typed text is left, and not at all without any', async () => {
  const { user, onClose } = await open()
  await user.keyboard('{Escape}')
  expect(await screen.findByText('Leave without saving?')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Keep editing' }))
  await waitFor(() => expect(screen.queryByText('Leave without saving?')).not.toBeInTheDocument())
  expect(screen.getByLabelText('Name')).toHaveValue('Acme Ltd')
  expect(onClose).not.toHaveBeenCalled()
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  await user.click(await screen.findByRole('button', { name: 'Discard changes' }))
  expect(onClose).toHaveBeenCalledOnce()
})
