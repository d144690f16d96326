/** When the work was done: hours on a day, or a start and an end. */
import { Checkbox, Group, SegmentedControl, TextInput } from '@mantine/core'
import { HoursField } from '@/shared/form/HoursField'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import type { Values } from './timeValues'

const { time: texts } = words

type Props = {
  by: Values['by']
  onBy: (by: Values['by']) => void
  /** The properties of one field of the form. */
  input: (name: keyof Values, options?: { type: 'checkbox' }) => object
}

export function TimeFields({ by, onBy, input }: Props) {
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={texts.by}
        value={by}
        onChange={(value) => onBy(value as Values['by'])}
        data={[
          { value: 'hours', label: texts.byHours },
          { value: 'times', label: texts.byTimes },
        ]}
      />
      <Group grow align="flex-start">
        {by === 'hours' ? (
          <HoursField
            label={texts.hours}
            description={texts.hoursHint}
            required
            data-autofocus
            {...input('hours')}
          />
        ) : (
          <>
            <TextInput type="time" label={texts.start} required {...input('started_at')} />
            <TextInput type="time" label={texts.end} required {...input('ended_at')} />
          </>
        )}
        <TextInput type="date" label={texts.worked_on} required {...input('worked_on')} />
      </Group>
      {by === 'times' && <Checkbox label={texts.nextDay} {...input('nextDay', { type: 'checkbox' })} />}
    </>
  )
}
