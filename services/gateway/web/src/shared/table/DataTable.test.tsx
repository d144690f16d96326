import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Page } from '@/api/types'
import { renderAt } from '@/test-render'
import { DataTable } from './DataTable'
import type { AtOnce, Column, PageParams } from './types'

type Thing = { id: string; name: string; status: string }

const things: Thing[] = ['Ash', 'Beech', 'Cedar'].map((name, at) => ({
  id: `t${at}`,
  name,
  status: 'active',
}))
const columns: Column<Thing>[] = [
  {
    id: 'name',
    header: 'Name',
    sort: 'name',
    card: 'title',
    cell: (row) => (
      <a href={`/things/${row.id}`} data-row-link>
        {row.name}
      </a>
    ),
  },
  { id: 'status', header: 'Status', cell: (row) => row.status },
  { id: 'extra', header: 'Extra', optional: true, cell: () => 'extra' },
]
const filters = [{ key: 'status', label: 'Status', options: [{ value: 'archived', label: 'Archived' }] }]
const archive = vi.fn(async () => {})
const fetchPage = vi.fn(
  async (_params: PageParams): Promise<Page<Thing>> => ({
    items: things,
    next_cursor: null,
    total: 3,
    total_is_exact: true,
  }),
)

const table = () => (
  <DataTable
    label="Things"
    queryKey={['things']}
    fetchPage={fetchPage}
    columns={columns}
    rowName={(row) => row.name}
    defaultSort="name"
    searchLabel="Search things"
    filters={filters}
    bulk={[{ label: 'Archive', appliesTo: () => true, run: archive, done: 'Archived' }]}
    empty={{ title: 'No things' }}
  />
)

beforeEach(() => {
  fetchPage.mockClear()
  archive.mockClear()
})

const lastAsked = () => fetchPage.mock.lastCall![0]

it('asks the server for what the address says', async () => {
  await renderAt('/?q=oak&status=archived&sort=-name', table())
  await screen.findByText('Ash')
  expect(lastAsked()).toMatchObject({ q: 'oak', status: 'archived', sort: '-name', page_size: 50 })
  expect(screen.getByLabelText('Search things')).toHaveValue('oak')
  expect(screen.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')
})

it('puts sort, filter and search into the address', async () => {
  const user = userEvent.setup()
  const router = await renderAt('/', table())
  await screen.findByText('Ash')
  await user.click(screen.getByRole('button', { name: 'Name' }))
  await waitFor(() => expect(router.state.location.search).toEqual({ sort: '-name' }))
  await user.selectOptions(screen.getByLabelText('Status'), 'archived')
  await waitFor(() => expect(router.state.location.search).toEqual({ sort: '-name', status: 'archived' }))
  await user.type(screen.getByLabelText('Search things'), 'yew')
  await waitFor(() => expect(lastAsked()).toMatchObject({ q: 'yew', status: 'archived', sort: '-name' }))
  router.history.back()
  await waitFor(() => expect(screen.getByLabelText('Search things')).toHaveValue(''))
})

it('moves with j and k, and selects with x', async () => {
  const user = userEvent.setup()
  await renderAt('/', table())
  await screen.findByText('Ash')
  await user.keyboard('jj')
  expect(screen.getByText('Beech')).toHaveFocus()
  await user.keyboard('x')
  expect(screen.getByLabelText('Select Beech')).toBeChecked()
  expect(await screen.findByText('1 selected')).toBeInTheDocument()
  await user.keyboard('k')
  expect(screen.getByText('Ash')).toHaveFocus()
})

it('leaves letters alone while somebody types', async () => {
  const user = userEvent.setup()
  await renderAt('/', table())
  await screen.findByText('Ash')
  await user.type(screen.getByLabelText('Search things'), 'jx')
  expect(screen.getByLabelText('Search things')).toHaveValue('jx')
  expect(screen.queryByText('1 selected')).not.toBeInTheDocument()
})

it('forgets the selection when the question changes', async () => {
  const user = userEvent.setup()
  await renderAt('/', table())
  await user.click(await screen.findByLabelText('Select Ash'))
  expect(await screen.findByText('1 selected')).toBeInTheDocument()
  await user.selectOptions(screen.getByLabelText('Status'), 'archived')
  await waitFor(() => expect(screen.queryByText('1 selected')).not.toBeInTheDocument())
})

it('runs a bulk action on the selected rows only', async () => {
  const user = userEvent.setup()
  await renderAt('/', table())
  await user.click(await screen.findByLabelText('Select Cedar'))
  await user.click(screen.getByRole('button', { name: 'Archive' }))
  await waitFor(() => expect(archive).toHaveBeenCalledTimes(1))
  expect(archive).toHaveBeenCalledWith(things[2])
})

const archiveAll = vi.fn<AtOnce<Thing>['runAll']>(async () => ({
  results: [],
  succeeded: 795,
  failed: 0,
  skipped: 0,
}))
const atOnce = (
  <DataTable
    label="Things"
    queryKey={['things']}
    fetchPage={fetchPage}
    columns={columns}
    rowName={(row) => row.name}
    defaultSort="name"
    searchLabel="Search things"
    filters={filters}
    bulk={[{ label: 'Archive', appliesTo: () => true, runAll: archiveAll, done: 'Archived' }]}
    empty={{ title: 'No things' }}
  />
)

it('acts on all that match, also those not loaded, and says how many it counted', async () => {
  fetchPage.mockResolvedValueOnce({ items: things, next_cursor: null, total: 795, total_is_exact: true })
  const user = userEvent.setup()
  await renderAt('/?q=oak&status=archived', atOnce)
  await user.click(await screen.findByLabelText('Select all rows shown'))
  await user.click(screen.getByRole('button', { name: 'Select all 795 matches' }))
  expect(screen.getByText('All 795 matches selected')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Archive' }))
  await waitFor(() =>
    expect(archiveAll).toHaveBeenCalledExactlyOnceWith(
      { filter: { q: 'oak', status: 'archived' }, expected_count: 795 },
      expect.any(Function),
    ),
  )
})

it('shows how far a large change is, until it is finished', async () => {
  fetchPage.mockResolvedValueOnce({ items: things, next_cursor: null, total: 3, total_is_exact: true })
  const user = userEvent.setup()
  let finish = () => {}
  archiveAll.mockImplementationOnce((_, onProgress) => {
    onProgress({ done: 200, total: 795 })
    return new Promise((resolve) => {
      finish = () => resolve({ results: [], succeeded: 795, failed: 0, skipped: 0 })
    })
  })
  await renderAt('/', atOnce)
  await user.click(await screen.findByLabelText('Select all rows shown'))
  await user.click(screen.getByRole('button', { name: 'Archive' }))
  expect(await screen.findByText('200 of 795 done')).toBeInTheDocument()
  finish()
  await waitFor(() => expect(screen.queryByText('200 of 795 done')).toBeNull())
})

it('counts what it only estimated before it offers to act on all', async () => {
  const more = { items: things, next_cursor: 'next' }
  fetchPage.mockImplementation(async (params) =>
    params.total === 'exact'
      ? { ...more, total: 20431, total_is_exact: true }
      : { ...more, total: params.cursor ? null : 19876, total_is_exact: false },
  )
  const user = userEvent.setup()
  await renderAt('/?q=ash', atOnce)
  expect(await screen.findByText('3 of about 20,000')).toBeInTheDocument()
  expect(fetchPage).not.toHaveBeenCalledWith(expect.objectContaining({ total: 'exact' }), expect.anything())
  await user.click(screen.getByLabelText('Select all rows shown'))
  await user.click(await screen.findByRole('button', { name: 'Select all 20,431 matches' }))
  expect(screen.getByText('3 of 20,431')).toBeInTheDocument()
  archiveAll.mockClear()
  await user.click(screen.getByRole('button', { name: 'Archive' }))
  const all = { filter: { q: 'ash' }, expected_count: 20431 }
  await waitFor(() => expect(archiveAll).toHaveBeenCalledExactlyOnceWith(all, expect.any(Function)))
})

it('takes one row out of all that match, and is back at the rows in view', async () => {
  fetchPage.mockResolvedValueOnce({ items: things, next_cursor: null, total: 795, total_is_exact: true })
  const user = userEvent.setup()
  await renderAt('/', atOnce)
  await user.click(await screen.findByLabelText('Select all rows shown'))
  await user.click(screen.getByRole('button', { name: 'Select all 795 matches' }))
  await user.click(screen.getByLabelText('Select Beech'))
  expect(screen.getByText('2 selected')).toBeInTheDocument()
  archiveAll.mockClear()
  await user.click(screen.getByRole('button', { name: 'Archive' }))
  await waitFor(() =>
    expect(archiveAll).toHaveBeenCalledExactlyOnceWith({ ids: ['t0', 't2'] }, expect.any(Function)),
  )
})

it('shows chosen columns only', async () => {
  await renderAt('/?cols=extra', table())
  const grid = await screen.findByRole('table', { name: 'Things' })
  const headers = within(grid).getAllByRole('columnheader')
  expect(headers.map((header) => header.textContent)).toEqual(['', 'Name', 'Extra'])
})

it('tells an empty list from one that nothing matches', async () => {
  fetchPage.mockResolvedValue({ items: [], next_cursor: null, total: 0, total_is_exact: true })
  await renderAt('/', table())
  await screen.findByText('No things')
  await renderAt('/?q=zzz', table())
  await screen.findByText('No matches')
})
