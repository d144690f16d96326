import { Badge, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { tagsQuery } from './parts'

/** Colours a tag may have, as the theme names them. */
const THEME_COLORS: Record<string, string> = { green: 'evergreen', purple: 'grape' }

export const themeColor = (color: string) => THEME_COLORS[color] ?? color

export function TagBadges({ tags }: { tags: string[] }) {
  const { data } = useQuery({ ...tagsQuery, enabled: tags.length > 0 })
  if (tags.length === 0) return null
  const color = (name: string) => {
    const known = data?.items.find((tag) => tag.name.toLowerCase() === name.toLowerCase())?.color ?? 'gray'
    return themeColor(known)
  }
  return (
    <Group gap={4}>
      {tags.map((name) => (
        <Badge key={name} color={color(name)}>
          {name}
        </Badge>
      ))}
    </Group>
  )
}
