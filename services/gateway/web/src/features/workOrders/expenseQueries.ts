/** What the materials and expenses of a work order read and write. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { correctExpense, deleteExpense, getExpense, listExpenses, recordExpense } from '@/api/gen'
import { ifMatch } from '@/api/keys'
import { ordersKey } from './queries'

export type Expense = gen.GetExpenseResponse
export type NewExpense = NonNullable<gen.RecordExpenseData['body']>
export type ExpenseChange = NonNullable<gen.CorrectExpenseData['body']>

/** The newest of one order; an order seldom has more. */
export const expensesOfOrder = (work_order_id: string) =>
  queryOptions({
    queryKey: [...ordersKey, 'expenses', work_order_id],
    queryFn: ({ signal }) => listExpenses({ path: { work_order_id }, query: { page_size: 100 }, signal }),
  })

const pathOf = ({ work_order_id, id }: Expense) => ({ work_order_id, expense_id: id })

export const addExpense = (work_order_id: string, body: NewExpense, key: string) =>
  recordExpense({ path: { work_order_id }, body, headers: { 'Idempotency-Key': key } })

export const loadExpense = (expense: Expense) => getExpense({ path: pathOf(expense) })

export const saveExpense = (expense: Expense, body: ExpenseChange) =>
  correctExpense({ path: pathOf(expense), body, headers: ifMatch(expense.version) })

export const removeExpense = (expense: Expense) =>
  deleteExpense({ path: pathOf(expense), headers: ifMatch(expense.version) })
