/** The way between the catalog's parts. */
import { catalog } from '@/shared/i18n/en/catalog'
import { Sections } from '@/shared/Sections'

export const catalogParts = [
  ['/catalog', catalog.sections.services],
  ['/catalog/bundles', catalog.sections.bundles],
  ['/catalog/service-sets', catalog.sections.sets],
  ['/catalog/categories', catalog.sections.categories],
  ['/catalog/tax-codes', catalog.sections.taxCodes],
] as const

export function CatalogSections() {
  return <Sections label={catalog.sections.label} parts={catalogParts} />
}
