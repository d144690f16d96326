import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { renderAt } from '@/test-render'
import { NumberField, type NumberFieldProps } from './NumberField'

function Held(props: NumberFieldProps) {
  const [value, setValue] = useState('')
  return (
    <NumberField
      label="Rate"
      {...props}
      value={value}
      onChange={(event) => setValue(event.currentTarget.value)}
    />
  )
}

it('says what was understood while one types, and what is wrong with a decimal comma', async () => {
  const user = userEvent.setup()
  await renderAt('/', <Held kind="money" currency="USD" unit="Hour" />)
  const field = screen.getByLabelText('Rate')
  await user.type(field, '1,250.5')
  expect(screen.getByText('= $1,250.50/hr')).toBeInTheDocument()
  await user.clear(field)
  await user.type(field, '12,5')
  expect(screen.getByText(/Enter 12\.5\./)).toBeInTheDocument()
  expect(field).toHaveAttribute('aria-invalid', 'true')
  expect(document.body).not.toHaveTextContent(/NaN|= /)
})

it.each([
  ['percent', '5.5', '= 5.5%'],
  ['quantity', '1200', '= 1,200'],
  ['whole', '30', '= 30'],
] as const)('echoes a %s', async (kind, text, shown) => {
  const user = userEvent.setup()
  await renderAt('/', <Held kind={kind} />)
  await user.type(screen.getByLabelText('Rate'), text)
  expect(screen.getByText(shown)).toBeInTheDocument()
})
