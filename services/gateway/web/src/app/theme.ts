/**
 * The look, and the contrast Mantine's defaults miss: dimmed text, error text, filled and light buttons all reach
 * WCAG AA (4.5:1) on every surface they stand on, in light and dark. tests/web checks it with axe.
 */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { common } from '@/shared/i18n/en/common'

const evergreen: MantineColorsTuple = [
  '#eef7f2',
  '#dcede4',
  '#b6dcc9',
  '#8bc9ab',
  '#63b58f',
  '#3f9d74',
  '#2a835e',
  '#1e6f4f',
  '#175c41',
  '#0d4430',
]
const dark: MantineColorsTuple = [
  '#dbe1de',
  '#b9c2be',
  '#98a39e',
  '#6f7a76',
  '#3a4340',
  '#303835',
  '#252c2a',
  '#1a201e',
  '#141918',
  '#0e1211',
]

const size = 'sm'

/** Defaults by name: naming the component itself would put it into the first chunk of every page. */
type Defaults = { defaultProps?: Record<string, unknown>; styles?: Record<string, Record<string, unknown>> }
const own = (defaults: Defaults) => defaults

const overThePage = {
  defaultProps: {
    closeButtonProps: { 'aria-label': common.close },
    overlayProps: { backgroundOpacity: 0.45 },
    // its <header> is no banner: a page has one already
    attributes: { header: { role: 'none' } },
  },
  styles: { title: { fontWeight: 620, fontSize: '1rem' } },
}

export const theme = createTheme({
  primaryColor: 'evergreen',
  primaryShade: { light: 7, dark: 8 },
  colors: { evergreen, dark },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  headings: {
    fontWeight: '620',
    sizes: { h1: { fontSize: '1.375rem', lineHeight: '1.3' }, h2: { fontSize: '1rem', lineHeight: '1.4' } },
  },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: own({ defaultProps: { size: 'xs' }, styles: { root: { fontWeight: 550 } } }),
    ActionIcon: own({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Badge: own({
      defaultProps: { variant: 'light', size: 'sm', radius: 'sm' },
      styles: { root: { minWidth: 'max-content', textTransform: 'none', fontWeight: 550, letterSpacing: 0 } },
    }),
    TextInput: own({ defaultProps: { size } }),
    PasswordInput: own({
      defaultProps: { size, visibilityToggleButtonProps: { 'aria-label': common.showPassword } },
    }),
    InputWrapper: own({ styles: { label: { marginBottom: 3 }, description: { marginBottom: 2 } } }),
    NativeSelect: own({ defaultProps: { size } }),
    Menu: own({
      // inside the landmark of its button, and without a focusable placeholder, which role=menu does not allow
      defaultProps: {
        withinPortal: false,
        withInitialFocusPlaceholder: false,
        returnFocus: true,
        shadow: 'md',
        position: 'bottom-end',
      },
    }),
    Popover: own({ defaultProps: { withinPortal: false } }),
    Modal: own(overThePage),
    Drawer: own(overThePage),
    Paper: own({ defaultProps: { withBorder: true, radius: 'lg' } }),
    Alert: own({ defaultProps: { radius: 'md' } }),
  },
})

/** Text on a tinted badge or button: two steps darker (lighter in dark) than Mantine's own. */
function tinted(color: string, text: string, surface?: string) {
  return {
    [`--mantine-color-${color}-light-color`]: text,
    ...(surface && { [`--mantine-color-${color}-light`]: surface }),
  }
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#56615c',
    '--mantine-color-placeholder': '#66716c',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#19684a',
    '--mantine-color-body': '#ffffff',
    '--app-canvas': '#f6f8f7',
    '--app-line': '#e2e7e4',
    '--app-hover': '#f1f5f3',
    ...tinted('evergreen', '#12543a'),
    ...tinted('gray', '#3f4a45'),
    ...tinted('blue', '#134a86'),
    ...tinted('orange', '#8a3b06'),
    ...tinted('yellow', '#6e4a00'),
    ...tinted('red', '#a11b1b'),
    ...tinted('teal', '#07543f'),
    ...tinted('grape', '#6a1b7d'),
    ...tinted('pink', '#8c1747'),
  },
  dark: {
    '--mantine-color-dimmed': '#a3aeaa',
    '--mantine-color-placeholder': '#98a39e',
    '--mantine-color-error': '#ff9a93',
    '--mantine-color-anchor': '#7fcfac',
    '--mantine-color-body': '#1a201e',
    '--app-canvas': '#131816',
    '--app-line': '#2d3532',
    '--app-hover': '#222927',
    ...tinted('evergreen', '#8fdcb9', '#1f3d31'),
    ...tinted('gray', '#c3ccc8', '#2f3835'),
    ...tinted('blue', '#a5ccff'),
    ...tinted('orange', '#ffc08a'),
    ...tinted('yellow', '#f3d27a'),
    ...tinted('red', '#ffaba5'),
    ...tinted('teal', '#8ee3c6'),
    ...tinted('grape', '#e6bdf2'),
    ...tinted('pink', '#ffb5d0'),
  },
})
