/** A password that an administrator sets for somebody: readable, so that it can be handed over, and made on request. */
import { Button, Group, TextInput, type TextInputProps } from '@mantine/core'
import { users as words } from '@/shared/i18n/en/administration'
import { generatePassword } from './generate'

type Props = Omit<TextInputProps, 'onChange'> & { onChange: (password: string) => void }

export function NewPassword({ onChange, ...props }: Props) {
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <TextInput
        style={{ flex: 1 }}
        required
        autoComplete="off"
        spellCheck={false}
        description={words.passwordHint}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        {...props}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button variant="default" mt={25} size="sm" onClick={() => onChange(generatePassword())}>
        {words.generate}
      </Button>
    </Group>
  )
}
