import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'

afterEach(cleanup)
configure({ asyncUtilTimeout: 5000 })

// What jsdom lacks and Mantine asks for.
window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => {},
  removeEventListener: () => {},
  addListener: () => {},
  removeListener: () => {},
  dispatchEvent: () => false,
})) as typeof window.matchMedia

class Watcher {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver ??= Watcher
Element.prototype.scrollIntoView ??= () => {}
