/** The server always sends every field of an object; its OpenAPI marks as required only what a request must carry. */
export type Loaded<T> = T extends (infer Item)[]
  ? Loaded<Item>[]
  : T extends object
    ? { [K in keyof T]-?: Loaded<Exclude<T[K], undefined>> }
    : T

export type Page<T> = { items: T[]; next_cursor: string | null; total: number }
