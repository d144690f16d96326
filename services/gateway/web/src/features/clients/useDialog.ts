import { useState } from 'react'

/** A form dialog that is closed, open for a new one (null), or open for `T`. */
export function useDialog<T>() {
  const [opened, setOpened] = useState<{ one: T | null } | null>(null)
  return {
    opened,
    add: () => setOpened({ one: null }),
    edit: (one: T) => setOpened({ one }),
    close: () => setOpened(null),
  }
}
