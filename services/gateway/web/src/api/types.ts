export type Page<T> = { items: T[]; next_cursor: string | null; total: number }
