/**
 * How many pairs of cars meet when `n` cars drive each way on one road.
 * @example car_race_collision(2) // => 4
 * @example car_race_collision(3) // => 9
 * @example car_race_collision(0) // => 0
 * @example car_race_collision(10) // => 100
 * @property for all n: int<0, 1000000> :: car_race_collision(n + 1) === car_race_collision(n) + 2 * n + 1
 */
export declare function car_race_collision(n: number): number;
