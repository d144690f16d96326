/** The logo: saved as soon as a file is chosen. */
import { Button, FileButton, Group, Input } from '@mantine/core'
import { settings as words } from '@/shared/i18n/en/settings'
import { errorText, notifyDone } from '@/shared/notify'
import { useMay } from '@/shared/session/useUser'
import classes from './organisation.module.css'
import { logoAddress, type Settings, useSaveLogo } from './queries'

export function Logo({ settings }: { settings: Settings }) {
  const mayWrite = useMay('settings.write')
  const save = useSaveLogo()
  const change = (file: File | null, done: string) => save.mutate(file, { onSuccess: () => notifyDone(done) })
  return (
    <Input.Wrapper
      label={words.fields.logo}
      labelElement="div"
      description={words.hints.logo}
      error={save.isError ? errorText(save.error) : null}
    >
      {settings.logo && (
        <img className={classes.logo} src={logoAddress(settings.logo.sha256)} alt={words.fields.logo} />
      )}
      {mayWrite && (
        <Group gap="xs" mt={6}>
          <FileButton
            accept="image/png,image/jpeg,image/webp"
            onChange={(file) => file && change(file, words.logoSaved)}
          >
            {(props) => (
              <Button {...props} variant="default" size="xs" loading={save.isPending}>
                {settings.logo ? words.replaceLogo : words.uploadLogo}
              </Button>
            )}
          </FileButton>
          {settings.logo && (
            <Button variant="subtle" size="xs" onClick={() => change(null, words.logoRemoved)}>
              {words.removeLogo}
            </Button>
          )}
        </Group>
      )}
    </Input.Wrapper>
  )
}
