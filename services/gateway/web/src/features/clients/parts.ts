/** What belongs to one client: people, places, notes, things; read whole (100 at most a page of the tab), written one by one. */
import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  assignTechnician,
  createAsset,
  createClientNote,
  createContact,
  createLocation,
  deleteAsset,
  deleteClientNote,
  deleteContact,
  deleteLocation,
  getAddressFormat,
  getAsset,
  getClientNote,
  getContact,
  getLocation,
  listClientAssets,
  listClientNotes,
  listClientNoteVersions,
  listContacts,
  listCustomFields,
  listLocations,
  listSubdivisions,
  listTags,
  listTaxCodes,
  listTechnicians,
  listTimeZones,
  listUsers,
  restoreAsset,
  restoreContact,
  restoreLocation,
  unassignTechnician,
  updateAsset,
  updateClientNote,
  updateContact,
  updateLocation,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import { clientQuery, clientsKey } from './queries'

export type Contact = gen.Contact
export type Location = gen.Location
export type Note = gen.Note
export type NoteVersion = gen.NoteVersion
export type Asset = gen.Asset
export type Technician = gen.Technician
export type CustomField = gen.CustomField
export type Tag = gen.Tag
export type Entity = CustomField['entity']

type Of = { client_id: string }
type Versioned = { id: string; client_id: string; version: number }

const WHOLE = { page_size: 100, total: 'exact' } as const
const DAY_MS = 86_400_000
const partsKey = (clientId: string) => [...clientsKey, 'parts', clientId] as const

/** Every part asks again, and the client itself: its primary contact or location may have moved. */
export function refreshParts(queries: QueryClient, clientId: string) {
  queries.invalidateQueries({ queryKey: clientQuery(clientId).queryKey })
  return queries.invalidateQueries({ queryKey: partsKey(clientId) })
}

export function useRefresh(clientId: string) {
  const queries = useQueryClient()
  return () => refreshParts(queries, clientId)
}

export const contactsQuery = (client_id: string, status: 'active' | 'archived' = 'active') =>
  queryOptions({
    queryKey: [...partsKey(client_id), 'contacts', status],
    queryFn: ({ signal }) => listContacts({ path: { client_id }, query: { ...WHOLE, status }, signal }),
  })

export const locationsQuery = (client_id: string, status: 'active' | 'archived' = 'active') =>
  queryOptions({
    queryKey: [...partsKey(client_id), 'locations', status],
    queryFn: ({ signal }) => listLocations({ path: { client_id }, query: { ...WHOLE, status }, signal }),
  })

export const notesQuery = (client_id: string, q: string) =>
  queryOptions({
    queryKey: [...partsKey(client_id), 'notes', q],
    queryFn: ({ signal }) =>
      listClientNotes({ path: { client_id }, query: { ...WHOLE, q: q || undefined }, signal }),
  })

export const noteVersionsQuery = (note: Note) =>
  queryOptions({
    queryKey: [...partsKey(note.client_id), 'versions', note.id],
    queryFn: ({ signal }) => listClientNoteVersions({ path: one(note, 'note_id'), query: WHOLE, signal }),
  })

export const assetsQuery = (client_id: string) =>
  queryOptions({
    queryKey: [...partsKey(client_id), 'assets'],
    queryFn: ({ signal }) => listClientAssets({ path: { client_id }, query: WHOLE, signal }),
  })

export const techniciansQuery = (client_id: string) =>
  queryOptions({
    queryKey: [...partsKey(client_id), 'technicians'],
    queryFn: ({ signal }) => listTechnicians({ path: { client_id }, query: WHOLE, signal }),
  })

export const customFieldsQuery = (entity: Entity) =>
  queryOptions({
    queryKey: ['custom-fields', 'of', entity],
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      listCustomFields({
        query: { ...WHOLE, entity, status: 'active', sort: 'sort_order' },
        signal,
      }),
  })

export const tagsQuery = queryOptions({
  queryKey: ['tags', 'all'],
  staleTime: 60_000,
  queryFn: ({ signal }) => listTags({ query: WHOLE, signal }),
})

export const technicianUsersQuery = queryOptions({
  queryKey: ['users', 'technicians'],
  queryFn: ({ signal }) => listUsers({ query: { ...WHOLE, role: 'technician', status: 'active' }, signal }),
})

export const taxCodesQuery = queryOptions({
  queryKey: ['tax-codes', 'active'],
  staleTime: 60_000,
  queryFn: ({ signal }) => listTaxCodes({ query: { ...WHOLE, status: 'active' }, signal }),
})

export const timeZonesQuery = queryOptions({
  queryKey: ['reference', 'time-zones'],
  staleTime: DAY_MS,
  queryFn: ({ signal }) => listTimeZones({ signal }),
})

export const subdivisionsQuery = (country: string) =>
  queryOptions({
    queryKey: ['reference', 'subdivisions', country],
    staleTime: DAY_MS,
    enabled: country !== '',
    queryFn: ({ signal }) => listSubdivisions({ query: { country }, signal }),
  })

export const addressFormatQuery = (country: string) =>
  queryOptions({
    queryKey: ['reference', 'address-format', country],
    staleTime: DAY_MS,
    enabled: country !== '',
    queryFn: ({ signal }) => getAddressFormat({ query: { country }, signal }),
  })

export const saveContact = (path: Of, contact: Contact | null, body: gen.CreateContactData['body']) =>
  contact
    ? updateContact({ path: one(contact, 'contact_id'), body, headers: ifMatch(contact.version) })
    : createContact({ path, body, headers: once() })

export const loadContact = (contact: Contact) => getContact({ path: one(contact, 'contact_id') })

export const archiveContact = (contact: Contact) =>
  deleteContact({ path: one(contact, 'contact_id'), headers: ifMatch(contact.version) })

export const bringContactBack = (contact: Contact) =>
  restoreContact({ path: one(contact, 'contact_id'), headers: once() })

export const saveLocation = (path: Of, location: Location | null, body: gen.CreateLocationData['body']) =>
  location
    ? updateLocation({ path: one(location, 'location_id'), body, headers: ifMatch(location.version) })
    : createLocation({ path, body, headers: once() })

export const loadLocation = (location: Location) => getLocation({ path: one(location, 'location_id') })

export const archiveLocation = (location: Location) =>
  deleteLocation({ path: one(location, 'location_id'), headers: ifMatch(location.version) })

export const bringLocationBack = (location: Location) =>
  restoreLocation({ path: one(location, 'location_id'), headers: once() })

export const saveNote = (path: Of, note: Note | null, body: gen.CreateClientNoteData['body']) =>
  note
    ? updateClientNote({ path: one(note, 'note_id'), body, headers: ifMatch(note.version) })
    : createClientNote({ path, body, headers: once() })

export const loadNote = (note: Note) => getClientNote({ path: one(note, 'note_id') })

export const removeNote = (note: Note) =>
  deleteClientNote({ path: one(note, 'note_id'), headers: ifMatch(note.version) })

export const saveAsset = (path: Of, asset: Asset | null, body: gen.CreateAssetData['body']) =>
  asset
    ? updateAsset({ path: one(asset, 'asset_id'), body, headers: ifMatch(asset.version) })
    : createAsset({ path, body, headers: once() })

export const loadAsset = (asset: Asset) => getAsset({ path: one(asset, 'asset_id') })

export const archiveAsset = (asset: Asset) =>
  deleteAsset({ path: one(asset, 'asset_id'), headers: ifMatch(asset.version) })

export const bringAssetBack = (asset: Asset) =>
  restoreAsset({ path: one(asset, 'asset_id'), headers: once() })

export const assign = (path: Of, user_id: string) =>
  assignTechnician({ path, body: { user_id }, headers: once() })

export const unassign = (one: Technician) =>
  unassignTechnician({ path: { client_id: one.client_id, technician_id: one.id } })

function one<K extends string>(part: Versioned, key: K) {
  return { client_id: part.client_id, [key]: part.id } as { client_id: string } & Record<K, string>
}
