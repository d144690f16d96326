/** The questions of a form as the editor holds them; `key` tells rows apart while they are added and moved. */
import type { Question } from './queries'

export type Row = { key: number; label: string; type: Question['type']; required: boolean; choices: string }

export const rowsOf = (questions: Question[]): Row[] =>
  questions.map(({ label, type, required, choices }, key) => ({
    key,
    label,
    type,
    required,
    choices: choices.join('\n'),
  }))

export const bodyOfRow = ({ label, type, required, choices }: Row): Question => ({
  label: label.trim(),
  type,
  required,
  choices:
    type === 'choice'
      ? choices
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean)
      : [],
})

export const newRow = (rows: Row[]): Row => ({
  key: Math.max(-1, ...rows.map(({ key }) => key)) + 1,
  label: '',
  type: 'text',
  required: false,
  choices: '',
})
