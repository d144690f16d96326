import { clients } from '@/shared/i18n/en/clients'
import { Sections } from '@/shared/Sections'
import { useMay } from '@/shared/session/useUser'

const { sections } = clients

export function ClientSections() {
  if (!useMay('clients.write')) return null
  return (
    <Sections
      label={sections.label}
      parts={[
        ['/clients', sections.clients],
        ['/clients/duplicates', sections.duplicates],
        ['/clients/tags', sections.tags],
        ['/clients/custom-fields', sections.fields],
      ]}
    />
  )
}
