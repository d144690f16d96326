import { Button } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { invoices } from '@/shared/i18n/en/invoices'
import { type Invoice, pdfUrl } from './queries'

export function PdfButton({ invoice }: { invoice: Invoice }) {
  return (
    <Button
      component="a"
      href={pdfUrl(invoice.id)}
      target="_blank"
      rel="noopener"
      variant="default"
      leftSection={<IconFileTypePdf aria-hidden size={16} stroke={1.6} />}
    >
      {invoices.pdf}
    </Button>
  )
}
