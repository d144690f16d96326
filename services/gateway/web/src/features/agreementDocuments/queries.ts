/** What the tab of documents reads and writes. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  addAgreementDocument,
  deleteAgreementDocument,
  generateAgreementDocument,
  listAgreementDocuments,
  listAgreementSignatures,
  revokeSignatureRequest,
  sendForSignature,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'

export type AgreementDocument = gen.ListAgreementDocumentsResponse['items'][number]
export type Kind = AgreementDocument['kind']

const SHOWN = 100

export const documentsKey = (agreementId: string) => ['agreements', 'documents', agreementId] as const

export const documentsQuery = (agreement_id: string) =>
  queryOptions({
    queryKey: documentsKey(agreement_id),
    queryFn: ({ signal }) =>
      listAgreementDocuments({ path: { agreement_id }, query: { page_size: SHOWN, total: 'exact' }, signal }),
  })

export const addDocument = (agreement_id: string, file: File, kind: Kind) =>
  addAgreementDocument({
    path: { agreement_id },
    query: { name: file.name, kind },
    body: file,
    headers: { ...once(), 'Content-Type': 'application/octet-stream' } as Record<string, string>,
  })

export const generateDocument = (agreement_id: string) =>
  generateAgreementDocument({ path: { agreement_id }, headers: once() })

export const deleteDocument = (document: AgreementDocument, reason: string) =>
  deleteAgreementDocument({
    path: { agreement_id: document.agreement_id, document_id: document.id },
    body: { reason },
    headers: once(),
  })

export const fileAddress = (agreementId: string, documentId: string) =>
  `/api/v1/agreements/${agreementId}/documents/${documentId}/file`

export type Signature = gen.ListAgreementSignaturesResponse['items'][number]
export type SignatureBody = gen.SendForSignatureData['body']

export const signaturesKey = (agreementId: string) => ['agreements', 'signatures', agreementId] as const

export const signaturesQuery = (agreement_id: string) =>
  queryOptions({
    queryKey: signaturesKey(agreement_id),
    queryFn: ({ signal }) =>
      listAgreementSignatures({ path: { agreement_id }, query: { page_size: SHOWN }, signal }),
  })

export const sendDocument = (agreement_id: string, body: SignatureBody, key: string) =>
  sendForSignature({ path: { agreement_id }, body, headers: { 'Idempotency-Key': key } })

export const revokeSignature = ({ agreement_id, id, version }: Signature, reason: string) =>
  revokeSignatureRequest({
    path: { agreement_id, signature_id: id },
    body: { reason },
    headers: { ...once(), ...ifMatch(version) },
  })
