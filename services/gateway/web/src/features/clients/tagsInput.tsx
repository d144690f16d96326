/** Tags of a client: those in use are offered, a new name makes a new tag. */
import { TagsInput, type TagsInputProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { tagsQuery } from './parts'

export function ClientTags(props: TagsInputProps) {
  const { data } = useQuery(tagsQuery)
  return (
    <TagsInput
      size="sm"
      label={clientParts.tags.title}
      description={clientParts.tags.hint}
      data={(data?.items ?? []).map((tag) => tag.name)}
      splitChars={[',', ';']}
      acceptValueOnBlur
      {...props}
    />
  )
}
