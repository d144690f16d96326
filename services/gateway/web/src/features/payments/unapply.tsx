/** Asks before a payment comes off its invoices, naming what will be owed again. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '@/shared/form/ConfirmDialog'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { paymentPages } from '@/shared/i18n/en/paymentPages'
import { formatMoney } from '@/shared/money'
import { notifyDone, notifyError } from '@/shared/notify'
import { refreshMoney, unapply } from './queries'

const words = paymentPages.unapply

type Props = {
  payment: { id: string; amount: string; currency: string }
  /** On how many invoices it is; null: not known here. */
  invoices: number | null
  onClose: () => void
}

export function UnapplyDialog({ payment, invoices, onClose }: Props) {
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const [busy, setBusy] = useState(false)
  const amount = formatMoney(payment.amount, payment.currency)

  async function run() {
    setBusy(true)
    try {
      await sendOnce((key) => unapply(payment.id, key))
      notifyDone(words.done(amount))
      onClose()
    } catch (error) {
      notifyError(error)
    } finally {
      await refreshMoney(queries)
      setBusy(false)
    }
  }

  return (
    <ConfirmDialog
      title={words.title(amount)}
      text={words.text(invoices)}
      action={words.action}
      busy={busy}
      onConfirm={run}
      onClose={onClose}
    />
  )
}
