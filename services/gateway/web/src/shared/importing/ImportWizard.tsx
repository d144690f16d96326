/** A table into the system: choose a file, see its columns, see what would happen to every row, then do it. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { idempotencyKey } from '@/api/keys'
import { ApiError } from '@/api/problem'
import { importing as words } from '@/shared/i18n/en/importing'
import { TextLink } from '@/shared/Link'
import { errorText, notifyDone } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { ChooseFile } from './ChooseFile'
import { ColumnCheck } from './ColumnCheck'
import { readHeader } from './header'
import classes from './importing.module.css'
import { Report } from './Report'
import type { ImportKind, ImportReport } from './types'

type Stage = keyof typeof words.steps

/** The key belongs to the file as chosen: sent twice by mistake, it is imported once. */
type Chosen = { file: File; header: string[]; key: string }

export function ImportWizard(kind: ImportKind) {
  const [stage, setStage] = useState<Stage>('file')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [report, setReport] = useState<ImportReport | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  function restart() {
    setStage('file')
    setChosen(null)
    setReport(null)
    setFailure(null)
  }

  async function choose(file: File) {
    setFailure(null)
    if (kind.whole) {
      const whole = { file, header: [], key: idempotencyKey() }
      setChosen(whole)
      return send(true, whole)
    }
    try {
      setChosen({ file, header: await readHeader(file, kind.columns), key: idempotencyKey() })
      setStage('columns')
    } catch {
      setFailure(words.unreadable)
    }
  }

  async function send(dryRun: boolean, what = chosen!) {
    setBusy(true)
    setFailure(null)
    try {
      const answer = await kind.send(what.file, { dryRun, key: dryRun ? idempotencyKey() : what.key })
      setReport(answer)
      setStage(dryRun ? 'report' : 'done')
      if (dryRun) return
      kind.onImported()
      notifyDone(words.done(answer.created, answer.updated))
    } catch (error) {
      const found = reportOf(error)
      if (found) setReport(found)
      setFailure(errorText(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <PageHeader
        title={kind.title}
        above={
          <nav aria-label={kind.back.label}>
            <TextLink to={kind.back.to} size="xs">
              ← {kind.back.label}
            </TextLink>
          </nav>
        }
      />
      {kind.above}
      <Progress stage={stage} />
      <Stack gap="md">
        {failure && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        {stage === 'file' && <ChooseFile kind={kind} busy={busy} onChoose={choose} onRefuse={setFailure} />}
        {stage === 'columns' && chosen && (
          <ColumnCheck
            kind={kind}
            name={chosen.file.name}
            header={chosen.header}
            busy={busy}
            onBack={restart}
            onCheck={() => send(true)}
          />
        )}
        {report && kind.aside?.(report)}
        {stage === 'report' && report && (
          <Report report={report}>
            <Verdict report={report} busy={busy} onBack={restart} onImport={() => send(false)} />
          </Report>
        )}
        {stage === 'done' && report && (
          <Report report={report}>
            <Button variant="default" onClick={restart}>
              {words.another}
            </Button>
          </Report>
        )}
      </Stack>
    </>
  )
}

function Progress({ stage }: { stage: Stage }) {
  return (
    <ol className={classes.progress} aria-label={words.progress}>
      {(Object.keys(words.steps) as Stage[]).map((one) => (
        <li key={one} aria-current={one === stage ? 'step' : undefined}>
          {words.steps[one]}
        </li>
      ))}
    </ol>
  )
}

type VerdictProps = { report: ImportReport; busy: boolean; onBack: () => void; onImport: () => void }

function Verdict({ report, busy, onBack, onImport }: VerdictProps) {
  const nothing = report.created + report.updated === 0
  return (
    <>
      {report.failed > 0 ? (
        <Alert color="orange">{words.blocked(report.failed)}</Alert>
      ) : (
        nothing && <Text size="sm">{words.nothing}</Text>
      )}
      <Group gap="xs">
        <Button variant="default" onClick={onBack}>
          {words.again}
        </Button>
        {report.failed === 0 && !nothing && (
          <Button loading={busy} onClick={onImport}>
            {words.confirm(report.created, report.updated)}
          </Button>
        )}
      </Group>
    </>
  )
}

/** A real run that was refused carries the report that says which rows, such as when things changed meanwhile. */
function reportOf(error: unknown): ImportReport | null {
  if (!(error instanceof ApiError)) return null
  return (error.problem as { report?: ImportReport }).report ?? null
}
