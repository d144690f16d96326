/** The services of a bundle, with what each is sold for in it. */
import { ActionIcon, Badge, Input, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { NumberField } from '@/shared/form/NumberField'
import { bundles as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { formatMoney } from '@/shared/money'
import { Section } from '@/shared/Section'
import classes from './items.module.css'
import type { BundlePreview } from './queries'
import type { Item } from './values'

const ServicePicker = lazyPart(async () => (await import('@/features/catalog/servicePicker')).ServicePicker)

const { fields } = words

type Props = {
  value: Item[]
  error?: ReactNode
  /** The last answer of the server, for list prices and parts. */
  priced: BundlePreview | undefined
  readOnly: boolean
  mayMoney: boolean
  onChange: (value: Item[]) => void
}

export function Items({ value, error, priced, readOnly, mayMoney, onChange }: Props) {
  const change = (id: string, change: Partial<Item>) =>
    onChange(value.map((item) => (item.service_id === id ? { ...item, ...change } : item)))
  return (
    <Section title={fields.items}>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={fields.items}>
          <thead>
            <tr>
              <th scope="col">{fields.service}</th>
              <th scope="col">{fields.quantity}</th>
              {mayMoney && (
                <>
                  <th scope="col">{fields.unit_price}</th>
                  <th scope="col" data-align="right">
                    {fields.share}
                  </th>
                </>
              )}
              {!readOnly && (
                <th scope="col">
                  <span className={classes.hidden}>{common.actions}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {value.map((item) => {
              const shown = priced?.items.find(({ service_id }) => service_id === item.service_id)
              return (
                <tr key={item.service_id}>
                  <td>
                    {item.name} {item.archived && <Badge color="gray">{common.status.archived}</Badge>}
                  </td>
                  <td>
                    <NumberField
                      kind="quantity"
                      size="xs"
                      w="7rem"
                      aria-label={words.quantityOf(item.name)}
                      rightSection={
                        <Text size="xs" c="dimmed" truncate>
                          {item.unit.toLowerCase()}
                        </Text>
                      }
                      rightSectionWidth="3.4rem"
                      value={item.quantity}
                      readOnly={readOnly}
                      onChange={(event) => change(item.service_id, { quantity: event.currentTarget.value })}
                    />
                  </td>
                  {mayMoney && (
                    <>
                      <td>
                        <NumberField
                          kind="money"
                          currency={priced?.currency}
                          size="xs"
                          w="7rem"
                          aria-label={words.priceOf(item.name)}
                          placeholder={shown?.list_price ?? undefined}
                          value={item.unit_price}
                          readOnly={readOnly}
                          onChange={(event) =>
                            change(item.service_id, { unit_price: event.currentTarget.value })
                          }
                        />
                      </td>
                      <td data-align="right">
                        {priced && shown ? formatMoney(shown.allocated_price, priced.currency) : '—'}
                      </td>
                    </>
                  )}
                  {!readOnly && (
                    <td data-align="right">
                      <ActionIcon
                        aria-label={words.removeOf(item.name)}
                        onClick={() => onChange(value.filter((one) => one.service_id !== item.service_id))}
                      >
                        <IconX size={15} />
                      </ActionIcon>
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {value.length === 0 && (
        <Text size="sm" c="dimmed" py="xs">
          {words.none}
        </Text>
      )}
      {error && (
        <Input.Error role="alert" py={6}>
          {error}
        </Input.Error>
      )}
      {!readOnly && (
        <ServicePicker
          label={words.add}
          without={value.map((item) => item.service_id)}
          accept={(service) => service.kind !== 'usage'}
          onPick={(service) =>
            onChange([
              ...value,
              {
                service_id: service.id,
                name: service.name,
                unit: service.default_unit,
                archived: false,
                quantity: '1',
                unit_price: '',
              },
            ])
          }
        />
      )}
    </Section>
  )
}
