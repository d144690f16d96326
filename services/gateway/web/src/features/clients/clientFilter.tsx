/** Filters a list by one client, found by typing its name. */

import { clients } from '@/shared/i18n/en/clients'
import { lazyPart } from '@/shared/lazyPart'
import type { Filter } from '@/shared/table/types'

const Field = lazyPart(async () => (await import('./clientPicker')).ClientFilterField)

export const clientFilter: Filter = { key: 'client_id', label: clients.client, Field }
