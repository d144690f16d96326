/** Makes a signer's link useless, with a reason. */
import { agreementDocuments } from '@/shared/i18n/en/agreementDocuments'
import { revokeSignature, type Signature, signaturesKey } from './queries'
import { ReasonDialog } from './reasonDialog'

const words = agreementDocuments.signatures.revoke

export function RevokeDialog({ signature, onClose }: { signature: Signature; onClose: () => void }) {
  return (
    <ReasonDialog
      words={words}
      title={words.title(signature.signer_name)}
      action={words.button}
      done={words.done(signature.signer_name)}
      queryKey={signaturesKey(signature.agreement_id)}
      act={(reason) => revokeSignature(signature, reason)}
      onClose={onClose}
    />
  )
}
