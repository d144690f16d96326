/** `total`: only the first page counts; above a thousand it is an estimate unless asked to be exact. */
export type Page<T> = {
  items: T[]
  next_cursor: string | null
  total: number | null
  total_is_exact: boolean
}
