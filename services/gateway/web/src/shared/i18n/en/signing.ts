import type { OpenSigningResponse } from '@/api/gen'

/** The page on which a document is signed without an account. */
export const signing = {
  title: 'Sign document',
  by: (company: string, client: string) => `${company} asks ${client} to sign this document.`,
  noLink: 'This address is incomplete. Open the link from the email again.',
  document: 'Document',
  agreement: 'Agreement',
  expires: 'Sign by',
  message: (name: string) => `Message from ${name}`,
  read: (size: string) => `Read the document (${size})`,
  readFirst: 'Read the document before you sign it.',
  preview: (name: string) => `Preview of ${name}`,
  name: 'Your full name',
  nameHint: 'Typing your name is your signature.',
  nameNeeded: 'Type your full name.',
  consentNeeded: 'Agree to sign electronically, or decline.',
  sign: 'Sign document',
  decline: 'Decline to sign',
  reason: 'Why do you decline?',
  reasonNeeded: 'Say why you decline.',
  answers: {
    sent: '',
    signed: 'This document is signed.',
    declined: 'You declined to sign this document.',
    expired: 'This link has expired. Ask for a new one.',
    revoked: 'This link was revoked. Ask for a new one if you still want to sign.',
  } satisfies Record<OpenSigningResponse['status'], string>,
  signedBy: (name: string, at: string) => `Signed by ${name} on ${at}.`,
  mailed: 'The signed document is on its way to you by email.',
}
