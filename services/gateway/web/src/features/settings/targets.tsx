/** The minutes within which work orders of each priority are answered and resolved. */
import { Stack, Text } from '@mantine/core'
import { NumberField } from '@/shared/form/NumberField'
import { settings as words } from '@/shared/i18n/en/settings'
import { numberProblem, readWhole } from '@/shared/numbers'
import { Section } from '@/shared/Section'
import type { Settings } from './queries'
import classes from './rows.module.css'

type Target = Settings['sla_targets'][number]
export type TargetTexts = Record<Target['priority'], { response: string; resolution: string }>

export const textsOf = (targets: Settings['sla_targets']) =>
  Object.fromEntries(
    targets.map((one) => [
      one.priority,
      { response: String(one.response_minutes), resolution: String(one.resolution_minutes) },
    ]),
  ) as TargetTexts

export const targetsOf = (texts: TargetTexts) =>
  Object.entries(texts).map(([priority, { response, resolution }]) => ({
    priority: priority as Target['priority'],
    response_minutes: readWhole(response) ?? 0,
    resolution_minutes: readWhole(resolution) ?? 0,
  }))

export function targetsProblem(texts: TargetTexts): string | null {
  const pairs = Object.values(texts)
  const wrong = pairs
    .flatMap(({ response, resolution }) => [response, resolution])
    .map((text) => numberProblem(text, { kind: 'whole', min: '1', max: '525600' }))
    .find(Boolean)
  if (wrong) return wrong
  const turned = pairs.some(
    ({ response, resolution }) => (readWhole(resolution) ?? 0) < (readWhole(response) ?? 0),
  )
  return turned ? words.targetsTurned : null
}

type Props = { value?: TargetTexts; onChange: (value: TargetTexts) => void; error?: React.ReactNode }

export function Targets({ value, onChange, error }: Props) {
  if (!value) return null
  return (
    <Section title={words.parts.targets}>
      <Text size="xs" c="dimmed" mb="xs">
        {words.hints.targets}
      </Text>
      <Stack gap="xs">
        {(Object.keys(words.priority) as Target['priority'][]).map((priority) => (
          <div key={priority} className={classes.pair}>
            {(['response', 'resolution'] as const).map((target) => (
              <NumberField
                key={target}
                kind="whole"
                label={words.targetOf(words.priority[priority], words[target])}
                value={value[priority][target]}
                onChange={(event) =>
                  onChange({
                    ...value,
                    [priority]: { ...value[priority], [target]: event.currentTarget.value },
                  })
                }
              />
            ))}
          </div>
        ))}
        {error && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        )}
      </Stack>
    </Section>
  )
}
