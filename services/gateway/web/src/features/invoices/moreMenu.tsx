import { ActionIcon, Menu, Text } from '@mantine/core'
import { IconBan, IconDots, IconDownload, IconTrash } from '@tabler/icons-react'
import { drafts } from '@/shared/i18n/en/drafts'
import { invoices } from '@/shared/i18n/en/invoices'
import { type Invoice, pdfUrl } from './queries'

type Props = { invoice: Invoice; mayWrite: boolean; onAsk: (what: 'void' | 'delete') => void }

export function MoreMenu({ invoice, mayWrite, onAsk }: Props) {
  const draft = invoice.status === 'draft'
  const voidable = mayWrite && !draft && invoice.status !== 'void'
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
        {voidable && <Danger icon={IconBan} label={invoices.void} onClick={() => onAsk('void')} />}
        {mayWrite && draft && (
          <Danger icon={IconTrash} label={drafts.delete} onClick={() => onAsk('delete')} />
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

type DangerProps = { icon: typeof IconBan; label: string; onClick: () => void }

function Danger({ icon: Icon, label, onClick }: DangerProps) {
  return (
    <Menu.Item onClick={onClick} leftSection={<Icon size={16} stroke={1.6} />}>
      <Text span inherit c="var(--mantine-color-error)">
        {label}
      </Text>
    </Menu.Item>
  )
}
