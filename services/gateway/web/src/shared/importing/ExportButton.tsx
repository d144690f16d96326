/** Downloads what the list's filters and search find. */
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useSearch } from '@tanstack/react-router'
import { importing as words } from '@/shared/i18n/en/importing'

type Props = { url: string; keys: readonly string[]; label?: string }

/** `keys`: the parameters of the list that its export takes as well. */
export function ExportButton({ url, keys, label = words.export }: Props) {
  const search = useSearch({ strict: false }) as Record<string, string>
  const kept = keys.filter((key) => search[key])
  const query = new URLSearchParams(kept.map((key) => [key, search[key]!]))
  return (
    <Button
      component="a"
      variant="default"
      href={`${url}?${query}`}
      download
      leftSection={<IconDownload aria-hidden size={15} />}
    >
      {label}
    </Button>
  )
}
