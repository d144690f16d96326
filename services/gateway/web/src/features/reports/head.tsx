/** The head of each report: its files, the other reports, and what it says. */
import { Text } from '@mantine/core'
import { reports } from '@/shared/i18n/en/reports'
import { ExportButton } from '@/shared/importing/ExportButton'
import { PageHeader } from '@/shared/PageHeader'
import { ReportSections } from './sections'

type Props = { words: { title: string; lead: string }; csv: string; pdf: string; keys: readonly string[] }

/** `keys`: the parameters of the list that its files take as well. */
export function ReportHead({ words, csv, pdf, keys }: Props) {
  return (
    <>
      <PageHeader title={words.title}>
        <ExportButton url={csv} keys={keys} />
        <ExportButton url={pdf} keys={keys} label={reports.pdf} />
      </PageHeader>
      <ReportSections />
      <Text size="sm" c="dimmed" mb="sm">
        {words.lead}
      </Text>
    </>
  )
}
