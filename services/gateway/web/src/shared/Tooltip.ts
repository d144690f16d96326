/** Apart, so that the page's first files go without it. */
export { Tooltip } from '@mantine/core'
