/** Deletes a document, with a reason. */
import { agreementDocuments } from '@/shared/i18n/en/agreementDocuments'
import { common } from '@/shared/i18n/en/common'
import { type AgreementDocument, deleteDocument, documentsKey } from './queries'
import { ReasonDialog } from './reasonDialog'

const words = agreementDocuments.remove

export function DeleteDocument({ document, onClose }: { document: AgreementDocument; onClose: () => void }) {
  return (
    <ReasonDialog
      words={words}
      title={words.title(document.name)}
      action={common.delete}
      done={words.done(document.name)}
      queryKey={documentsKey(document.agreement_id)}
      act={(reason) => deleteDocument(document, reason)}
      onClose={onClose}
    />
  )
}
