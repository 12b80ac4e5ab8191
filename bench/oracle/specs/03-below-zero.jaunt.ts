/**
 * Whether a balance that starts at 0 falls below 0 at any point of these deposits and withdrawals.
 * @example below_zero([1, 2, 3]) // => false
 * @example below_zero([1, 2, -4, 5]) // => true
 * @example below_zero([]) // => false
 * @example below_zero([1, -1]) // => false
 * @property for all operations: nat[] :: !below_zero(operations) && below_zero([...operations, -operations.reduce((sum, each) => sum + each, 1)])
 * @property for all operations: integer[] :: !below_zero(operations) || below_zero([...operations, 1])
 */
export declare function below_zero(operations: number[]): boolean;
