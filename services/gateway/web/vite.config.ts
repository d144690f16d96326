import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { CodeSplittingGroup } from 'rolldown'
import { defineConfig } from 'vitest/config'
import { precompress } from './scripts/precompress.mjs'
import { staticShell } from './scripts/shell.mjs'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const gateway = process.env.EVERGREEN_URL ?? 'http://127.0.0.1:8000'

const mantine = (names: string) => `@mantine/core/esm/components/(${names})/`
const groups: CodeSplittingGroup[] = [
  { name: 'csrf', test: /src\/api\/csrf/, priority: 6 },
  { name: 'base', tags: ['$initial'], test: /node_modules\/(?!swagger-ui)|preload-helper/, priority: 5 },
  { name: 'app', tags: ['$initial'], test: /src\/shared\//, priority: 4 },
  {
    name: 'table',
    test: /(table-core|react-table|virtual-core|react-virtual|src\/shared\/table\/(?!ViewMenu|SavedViews|savedViews|BulkBar|OpenedRowMenu|SmallTable|patchRows))/,
    priority: 2,
  },
  {
    name: 'fields',
    test: new RegExp(
      `@mantine/hooks|${mantine('Input|InputBase|TextInput|NativeSelect|Checkbox|InlineInput|Badge|SimpleGrid|Tabs|Paper|Alert|CloseButton')}`,
    ),
    priority: 3,
  },
  {
    name: 'overlay',
    test: new RegExp(
      `floating-ui|react-remove-scroll|${mantine('Popover|Menu|Modal|ModalBase|ScrollArea|FloatingArrow|FocusTrap|Overlay|Tooltip')}`,
    ),
    priority: 1,
  },
]

export default defineConfig({
  plugins: [react(), staticShell(), precompress()],
  resolve: { alias: { '@': here('./src') } },
  build: {
    target: 'es2023',
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        // A page is a handful of files, not one for every shared module: what every page needs, then lists, fields, overlays.
        codeSplitting: { groups },
      },
      input: { staff: here('./index.html'), portal: here('./portal.html'), docs: here('./docs.html') },
    },
  },
  server: { proxy: { '/api': { target: gateway, changeOrigin: false } } },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/test-setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: false,
    testTimeout: 30_000,
  },
})
