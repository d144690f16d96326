import type { ListAgreementDocumentsResponse } from '@/api/gen'

type Row = ListAgreementDocumentsResponse['items'][number]

/** Documents of agreements, and their signatures. */
export const agreementDocuments = {
  title: 'Documents',
  none: 'No documents yet. Add a file, or generate one from the terms of this agreement.',
  add: 'Add document',
  generate: 'Generate from terms',
  generated: (name: string) => `Generated ${name}`,
  newest: (shown: number, total: number) => `The newest ${shown} of ${total} documents.`,
  file: 'File',
  choose: 'Choose file',
  chosen: (name: string, size: string) => `${name}, ${size}`,
  fileNeeded: 'Choose a file.',
  limits: 'PDF, images, Office and text files up to 10 MB.',
  added: (name: string) => `Added ${name}`,
  name: 'Document',
  kind: 'Kind',
  kinds: {
    contract: 'Contract',
    amendment: 'Amendment',
    statement_of_work: 'Statement of work',
    correspondence: 'Correspondence',
    other: 'Other',
  } satisfies Record<Row['kind'], string>,
  origins: {
    uploaded: 'Uploaded',
    generated: 'From the terms',
    signed: 'Signed',
  } satisfies Record<Row['origin'], string>,
  origin: 'Origin',
  size: 'Size',
  addedBy: 'Added by',
  addedAt: 'Added',
  remove: {
    title: (name: string) => `Delete ${name}?`,
    text: 'The file can’t be restored. The agreement’s activity keeps its name and the reason.',
    reason: 'Reason',
    reasonNeeded: 'Say why the document is deleted.',
    done: (name: string) => `Deleted ${name}`,
  },
}
