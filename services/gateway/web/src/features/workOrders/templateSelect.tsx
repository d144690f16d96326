/** Fills a new work order from a template; what the template does not name stays. */
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { templateChoices } from '@/features/orderTemplates/queries'
import { orderTemplates as words } from '@/shared/i18n/en/orderTemplates'
import type { Choices, WorkOrder } from './queries'

type Filled = {
  template_id: string
  subject: string
  description: string
  priority: WorkOrder['priority']
  service_id: string
  estimated_hours: string
}

type Props = {
  choices?: Choices
  values: Pick<Filled, 'template_id' | 'service_id'>
  set: (values: Partial<Filled>) => void
}

export function TemplateSelect({ choices, values, set }: Props) {
  const templates = useQuery(templateChoices).data?.items ?? []
  const chosen = templates.find((one) => one.id === values.template_id)
  const offered = choices?.services.find((one) => one.service_id === chosen?.service_id && one.allowed)
  const service = chosen?.service_id ? offered?.client_service_id : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each template and client; a choice by hand stays
  useEffect(() => {
    if (service) set({ service_id: service })
  }, [values.template_id, service])

  function choose(id: string) {
    const template = templates.find((one) => one.id === id)
    set({
      template_id: id,
      ...(template && {
        subject: template.subject,
        description: template.description ?? '',
        priority: template.priority,
        estimated_hours: template.estimated_hours ?? '',
      }),
    })
  }

  if (templates.length === 0) return null
  return (
    <NativeSelect
      label={words.choose}
      data={[
        { value: '', label: words.none },
        ...templates.map(({ id, name, tasks }) => ({
          value: id,
          label: tasks.length ? `${name} · ${words.count(tasks.length)}` : name,
        })),
      ]}
      value={values.template_id}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  )
}
