/** A table into the system: choose a file, see its columns, see what would happen to every row, then do it. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { Task } from '@/api/gen'
import { idempotencyKey } from '@/api/keys'
import { ApiError } from '@/api/problem'
import { importing as words } from '@/shared/i18n/en/importing'
import { ButtonLink, TextLink } from '@/shared/Link'
import { errorText, notifyDone } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { ChooseFile } from './ChooseFile'
import { ColumnCheck } from './ColumnCheck'
import { download, failedRows } from './failed'
import classes from './importing.module.css'
import { isOwn, type Mapping, mapped, remember, remembered } from './mapping'
import { Report } from './Report'
import { RunningImport } from './RunningImport'
import { headerOf, readTable, type Table, writeTable } from './table'
import type { ImportKind, ImportReport } from './types'
import { isTask, reportOf, useImportTask } from './useImportTask'

type Stage = keyof typeof words.steps

/** The key belongs to the file as chosen: sent twice by mistake, it is imported once. */
type Chosen = { file: File; key: string; read?: { table: Table; mapping: Mapping; again: boolean } }

export function ImportWizard(kind: ImportKind) {
  const [stage, setStage] = useState<Stage>('file')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [report, setReport] = useState<ImportReport | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { taskId, follow, forget } = useImportTask()
  const [running, setRunning] = useState(taskId)

  function restart() {
    if (taskId) forget()
    setRunning(undefined)
    setStage('file')
    setChosen(null)
    setReport(null)
    setFailure(null)
  }

  async function choose(file: File) {
    setFailure(null)
    if (kind.whole) {
      const whole = { file, key: idempotencyKey() }
      setChosen(whole)
      return send(true, whole)
    }
    try {
      const table = await readTable(file, kind.columns)
      setChosen({
        file,
        key: idempotencyKey(),
        read: { table, ...remembered(kind.id, headerOf(table), kind) },
      })
      setStage('columns')
    } catch {
      setFailure(words.unreadable)
    }
  }

  async function send(dryRun: boolean, what = chosen!, rows: 'all' | 'good' = 'all') {
    setBusy(true)
    setFailure(null)
    try {
      if (what.read) remember(kind.id, headerOf(what.read.table), what.read.mapping)
      const key = dryRun ? idempotencyKey() : `${what.key}-${rows}`
      const answer = await kind.send(fileOf(what), { dryRun, key, rows })
      if (isTask(answer)) {
        setRunning(answer.id)
        void follow(answer.id)
      } else if (dryRun) {
        setReport(answer)
        setStage('report')
      } else finish(answer)
    } catch (error) {
      const found = reportIn(error)
      if (found) setReport(found)
      setFailure(errorText(error))
    } finally {
      setBusy(false)
    }
  }

  function finish(answer: ImportReport) {
    setReport(answer)
    setStage('done')
    kind.onImported()
    notifyDone(words.done(answer.created, answer.updated))
  }

  function end(task: Task) {
    const found = reportOf(task)
    setRunning(undefined)
    if (task.status === 'succeeded') return finish(found!)
    setFailure(task.error ?? words.cancelled)
    setReport(found)
    if (found) setStage('report')
  }

  const downloadFailed = () =>
    download(
      failedRows(chosen!.read!.table, report!),
      chosen!.file.name.replace(/(\.\w+)?$/, ' - mistakes.csv'),
    )

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
      <Progress stage={running ? 'report' : stage} />
      <Stack gap="md">
        {failure && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        {running && <RunningImport taskId={running} onEnd={end} />}
        {!running && stage === 'file' && (
          <ChooseFile kind={kind} busy={busy} onChoose={choose} onRefuse={setFailure} />
        )}
        {stage === 'columns' && chosen?.read && (
          <ColumnCheck
            kind={kind}
            name={chosen.file.name}
            {...chosen.read}
            busy={busy}
            onMap={(mapping) =>
              setChosen({
                ...chosen,
                key: idempotencyKey(),
                read: { table: chosen.read!.table, mapping, again: false },
              })
            }
            onBack={restart}
            onCheck={() => send(true)}
          />
        )}
        {report && kind.aside?.(report)}
        {!running && stage === 'report' && report && (
          <Report report={report} linkTo={kind.linkTo}>
            <Verdict
              report={report}
              busy={busy}
              onBack={restart}
              onImport={chosen ? () => send(false) : undefined}
              onImportGood={chosen?.read && (() => send(false, chosen, 'good'))}
              onDownload={chosen?.read && downloadFailed}
            />
          </Report>
        )}
        {stage === 'done' && report && (
          <Report report={report} linkTo={kind.linkTo}>
            <Text size="sm">{words.summary(report)}</Text>
            <Group gap="xs">
              <ButtonLink to={kind.back.to} search={{ sort: '-updated_at' } as never}>
                {words.show(kind.back.label)}
              </ButtonLink>
              {report.failed > 0 && chosen?.read && (
                <DownloadFailed report={report} onClick={downloadFailed} />
              )}
              <Button variant="default" onClick={restart}>
                {words.another}
              </Button>
            </Group>
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

type VerdictProps = {
  report: ImportReport
  busy: boolean
  onBack: () => void
  /** Not of a report found again, whose file is no longer at hand. */
  onImport?: () => void
  /** Only of tables: a dump is imported whole. */
  onImportGood?: () => void
  onDownload?: () => void
}

function Verdict({ report, busy, onBack, onImport, onImportGood, onDownload }: VerdictProps) {
  const nothing = report.created + report.updated === 0
  const blocked = onImportGood ? words.blocked : words.blockedWhole
  return (
    <>
      {report.failed > 0 ? (
        <Alert color="orange">{blocked(report.failed)}</Alert>
      ) : (
        nothing && <Text size="sm">{words.nothing}</Text>
      )}
      <Group gap="xs">
        <Button variant="default" onClick={onBack}>
          {words.again}
        </Button>
        {report.failed === 0 && !nothing && onImport && (
          <Button loading={busy} onClick={onImport}>
            {words.confirm(report.created, report.updated)}
          </Button>
        )}
        {report.failed > 0 && onDownload && <DownloadFailed report={report} onClick={onDownload} />}
        {report.failed > 0 && !nothing && onImportGood && (
          <Button loading={busy} onClick={onImportGood}>
            {words.importGood(report.created + report.updated)}
          </Button>
        )}
      </Group>
    </>
  )
}

function DownloadFailed({ report, onClick }: { report: ImportReport; onClick: () => void }) {
  return (
    <Button variant="default" leftSection={<IconDownload aria-hidden size={15} />} onClick={onClick}>
      {words.downloadFailed(report.failed)}
    </Button>
  )
}

/** The file by our columns; as it is where it has no others. */
function fileOf({ file, read }: Chosen): Blob {
  if (!read || isOwn(headerOf(read.table), read.mapping)) return file
  return writeTable(mapped(read.table, read.mapping))
}

/** A real run that was refused carries the report that says which rows, such as when things changed meanwhile. */
function reportIn(error: unknown): ImportReport | null {
  if (!(error instanceof ApiError)) return null
  return (error.problem as { report?: ImportReport }).report ?? null
}
