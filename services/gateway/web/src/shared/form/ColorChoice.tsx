/** One of a few colours that can be told apart in light and dark, or none. Its name is said as well as shown. */
import { Input } from '@mantine/core'
import { useId } from 'react'
import { common } from '@/shared/i18n/en/common'
import classes from './ColorChoice.module.css'

const COLORS = Object.entries(common.colors)

type Props = { label: string; value?: string | null; onChange: (color: string) => void }

export function ColorChoice({ label, value, onChange }: Props) {
  const name = useId()
  const chosen = value?.toLowerCase() ?? ''
  // one set elsewhere, through the API or an import, can be kept
  const own = chosen && !COLORS.some(([color]) => color === chosen) ? [[chosen, chosen] as const] : []
  return (
    <Input.Wrapper label={label} labelElement="div" id={name}>
      <div className={classes.colors} role="radiogroup" aria-label={label}>
        {[['', common.noColor] as const, ...COLORS, ...own].map(([color, text]) => (
          <label key={color} className={classes.color} title={text}>
            <input
              type="radio"
              name={name}
              aria-label={text}
              checked={chosen === color}
              onChange={() => onChange(color)}
            />
            <span style={{ background: color || undefined }} data-none={!color || undefined} />
          </label>
        ))}
      </div>
    </Input.Wrapper>
  )
}

export function ColorDot({ color }: { color: string | null }) {
  return <span aria-hidden className={classes.dot} style={{ background: color ?? undefined }} />
}
