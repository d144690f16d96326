import { ActionIcon, Menu, Text } from '@mantine/core'
import { IconBan, IconDots, IconDownload } from '@tabler/icons-react'
import { invoices } from '@/shared/i18n/en/invoices'
import { type Invoice, pdfUrl } from './queries'

export function MoreMenu({ invoice, onVoid }: { invoice: Invoice; onVoid?: () => void }) {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={invoices.more}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component="a"
          href={pdfUrl(invoice.id)}
          download={`${invoice.number ?? 'draft'}.pdf`}
          leftSection={<IconDownload size={16} stroke={1.6} />}
        >
          {invoices.download}
        </Menu.Item>
        {onVoid && (
          <Menu.Item onClick={onVoid} leftSection={<IconBan size={16} stroke={1.6} />}>
            <Text span inherit c="var(--mantine-color-error)">
              {invoices.void}
            </Text>
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
