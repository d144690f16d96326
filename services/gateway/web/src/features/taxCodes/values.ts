/** A tax code as its form holds it, and as a request carries it. */
import { taxCodes as words } from '@/shared/i18n/en/catalogParts'
import { numberProblem, readDecimal } from '@/shared/numbers'
import type { TaxCode, TaxCodeBody } from './queries'

export type Treatment = 'one' | 'several' | 'exempt'
/** `key` tells rows apart while they are added and taken away. */
export type Component = { key: number; name: string; rate_percent: string; compound: boolean }

export type Values = {
  name: string
  code: string
  description: string
  treatment: Treatment
  rate_percent: string
  inclusive: boolean
  exempt_reason: string
  components: Component[]
}

export const emptyComponent = (key: number): Component => ({
  key,
  name: '',
  rate_percent: '',
  compound: false,
})

export function valuesOf(taxCode: TaxCode | null): Values {
  const components = (taxCode?.components ?? []).map((component, key) => ({ ...component, key }))
  return {
    name: taxCode?.name ?? '',
    code: taxCode?.code ?? '',
    description: taxCode?.description ?? '',
    treatment: taxCode?.exempt ? 'exempt' : components.length > 0 ? 'several' : 'one',
    rate_percent: components.length > 0 ? '' : (taxCode?.rate_percent ?? ''),
    inclusive: taxCode?.inclusive ?? false,
    exempt_reason: taxCode?.exempt_reason ?? '',
    components: components.length > 0 ? components : [emptyComponent(0), emptyComponent(1)],
  }
}

/** The rate of several taxes together is the server's to work out: it is never sent. */
export function bodyOf(values: Values): TaxCodeBody {
  const { treatment } = values
  const several = treatment === 'several'
  return {
    name: values.name.trim(),
    code: values.code.trim() || null,
    description: values.description.trim() || null,
    exempt: treatment === 'exempt',
    exempt_reason: treatment === 'exempt' ? values.exempt_reason.trim() || null : null,
    inclusive: treatment !== 'exempt' && values.inclusive,
    components: several
      ? values.components.map(({ name, rate_percent, compound }, at) => ({
          name: name.trim(),
          rate_percent: readDecimal(rate_percent, { kind: 'percent' })!,
          compound: at > 0 && compound,
        }))
      : [],
    ...(treatment === 'one' && { rate_percent: readDecimal(values.rate_percent, { kind: 'percent' }) }),
  }
}

export const checks = {
  name: (name: string) => (name.trim() ? null : words.needed),
  rate_percent: (rate: string, { treatment }: Values) => (treatment === 'one' ? percentProblem(rate) : null),
  components: (components: Component[], { treatment }: Values) => {
    if (treatment !== 'several') return null
    const bad = components.some(({ name, rate_percent }) => !name.trim() || percentProblem(rate_percent))
    return bad || components.length === 0 ? words.componentsNeeded : null
  },
}

export const percentProblem = (text: string) => numberProblem(text, { kind: 'percent', min: '0', max: '100' })
