/** What the pages of billable items read and write. */
import type * as gen from '@/api/gen'
import {
  createBillableItem,
  deleteBillableItem,
  getBillableItem,
  listBillableItems,
  updateBillableItem,
} from '@/api/gen'
import { ifMatch } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type Item = gen.ListBillableItemsResponse['items'][number]
export type NewItem = NonNullable<gen.CreateBillableItemData['body']>
export type ItemChange = NonNullable<gen.UpdateBillableItemData['body']>

export const itemsKey = ['billable-items'] as const

type Query = NonNullable<gen.ListBillableItemsData['query']>

export const fetchItems = (params: PageParams, signal: AbortSignal) =>
  listBillableItems({ query: params as Query, signal })

export const loadItem = ({ id }: Item) => getBillableItem({ path: { item_id: id } })

export const createItem = (body: NewItem, key: string) =>
  createBillableItem({ body, headers: { 'Idempotency-Key': key } })

export const saveItem = (item: Item, body: ItemChange) =>
  updateBillableItem({ path: { item_id: item.id }, body, headers: ifMatch(item.version) })

export const removeItem = (item: Item) =>
  deleteBillableItem({ path: { item_id: item.id }, headers: ifMatch(item.version) })
