/** The invoice's PDF in a tab of its own: as issued, a draft's preview, and as it stands today. */
import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconFileTypePdf } from '@tabler/icons-react'
import { invoices } from '@/shared/i18n/en/invoices'
import { type Invoice, pdfUrl } from './queries'

const aside = { component: 'a', target: '_blank', rel: 'noopener' } as const

export function PdfButton({ invoice }: { invoice: Invoice }) {
  const draft = invoice.status === 'draft'
  return (
    <Button.Group>
      <Button
        {...aside}
        href={pdfUrl(invoice.id)}
        variant="default"
        leftSection={<IconFileTypePdf aria-hidden size={16} stroke={1.6} />}
      >
        {draft ? invoices.pdfs.preview : invoices.pdf}
      </Button>
      {!draft && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px={6} aria-label={invoices.pdfs.choose}>
              <IconChevronDown aria-hidden size={14} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item {...aside} href={pdfUrl(invoice.id)}>
              {invoices.pdfs.issued}
            </Menu.Item>
            <Menu.Item {...aside} href={`${pdfUrl(invoice.id)}?as=current`}>
              {invoice.status === 'void' ? invoices.pdfs.void : invoices.pdfs.current}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Button.Group>
  )
}
