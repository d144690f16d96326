/** What the agreement pages read and write about blocks of bought hours. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { addHourBlock, listHourBlocks, removeHourBlock } from '@/api/gen'
import { agreementsKey } from './queries'

export type HourBlock = gen.ListHourBlocksResponse['items'][number]

export const blocksQuery = (agreementId: string) =>
  queryOptions({
    queryKey: [...agreementsKey, 'blocks', agreementId],
    queryFn: ({ signal }) => listHourBlocks({ path: { agreement_id: agreementId }, signal }),
  })

export const addBlock = (agreementId: string, body: gen.AddHourBlockData['body'], key: string) =>
  addHourBlock({ path: { agreement_id: agreementId }, body, headers: { 'Idempotency-Key': key } })

export const removeBlock = (block: HourBlock) =>
  removeHourBlock({ path: { agreement_id: block.agreement_id, block_id: block.id } })
