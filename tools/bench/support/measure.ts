/** Measures in rounds. Each round runs all contenders once, in shuffled order. */

/** One of the things compared. */
export type Contender<Measure extends string> = {
  readonly name: string;
  /** Runs one round, numbered from 0, and returns its cost by measure. */
  run(round: number): Promise<Readonly<Record<Measure, number>>>;
};

/** Numbers of rounds. The warm-up rounds let caches and the compiler settle, and are discarded. */
export type Rounds = {
  readonly warmUp: number;
  readonly timed: number;
  /** Called with the number of each round, from 0. */
  readonly onRound?: (round: number) => void;
};

/** The cost of each contender's rounds, in the order they ran. */
export type Costs<Measure extends string> = ReadonlyMap<string, readonly Readonly<Record<Measure, number>>[]>;

/** A median and its quartiles: half of all rounds are between `low` and `high`. */
export type Spread = { readonly median: number; readonly low: number; readonly high: number };

/**
 * Measures `contenders` over `rounds`. Contenders of a round run right after each other, so a slow moment of the machine affects both sides
 * of a ratio. Each round is shuffled, so none always runs first.
 */
export async function runPaired<Measure extends string>(
  contenders: readonly Contender<Measure>[],
  { warmUp, timed, onRound }: Rounds,
): Promise<Costs<Measure>> {
  const costs = new Map<string, Readonly<Record<Measure, number>>[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < warmUp + timed; round += 1) {
    onRound?.(round);
    const found = await runOnce(contenders, round);
    if (round >= warmUp) found.forEach((cost, name) => costs.get(name)?.push(cost));
  }
  return costs;
}

type Once<Measure extends string> = ReadonlyMap<string, Readonly<Record<Measure, number>>>;

async function runOnce<Measure extends string>(contenders: readonly Contender<Measure>[], round: number): Promise<Once<Measure>> {
  const costs = new Map<string, Readonly<Record<Measure, number>>>();
  for (const { name, run } of shuffled(contenders)) costs.set(name, await run(round));
  return costs;
}

/** Time a run: the median, which shows the code, and the average, which includes garbage collection and checkpoints. */
export type Timing = { readonly typical: number; readonly average: number };

/** Microseconds of each of `count` runs of `work`, one after the other. */
export async function microsecondsOf(count: number, work: (index: number) => unknown): Promise<Timing> {
  const each = new Float64Array(count);
  const start = performance.now();
  for (let index = 0; index < count; index += 1) {
    const began = performance.now();
    await work(index);
    each[index] = 1000 * (performance.now() - began);
  }
  return { average: (1000 * (performance.now() - start)) / count, typical: spreadOf([...each]).median };
}

/** Processor time of one run of `work`. Other load on the machine is not counted, though it slows caches down. */
export type Effort = { readonly cpu: number };

/** Microseconds of this thread's processor time for each of `count` runs of `work`, garbage collection included. */
export function effortOf(count: number, work: (index: number) => unknown): Effort {
  const before = process.threadCpuUsage();
  for (let index = 0; index < count; index += 1) work(index);
  const { user, system } = process.threadCpuUsage(before);
  return { cpu: (user + system) / count };
}

/** The ratio of `name` to `base` by `measure`, round by round. */
export function ratioOf<Measure extends string>(costs: Costs<Measure>, measure: Measure, name: string, base: string): Spread {
  const under = costsOf(costs, measure, base);
  return spreadOf(costsOf(costs, measure, name).map((cost, round) => cost / (under[round] ?? Number.NaN)));
}

/** The difference of `name` and `base` by `measure`, round by round. */
export function differenceOf<Measure extends string>(costs: Costs<Measure>, measure: Measure, name: string, base: string): Spread {
  const under = costsOf(costs, measure, base);
  return spreadOf(costsOf(costs, measure, name).map((cost, round) => cost - (under[round] ?? Number.NaN)));
}

/** The cost of one contender by `measure`, for a target that is not a ratio. */
export function costOf<Measure extends string>(costs: Costs<Measure>, measure: Measure, name: string): Spread {
  return spreadOf(costsOf(costs, measure, name));
}

/** The median cost of one contender by `measure`. */
export function medianOf<Measure extends string>(costs: Costs<Measure>, measure: Measure, name: string): number {
  return costOf(costs, measure, name).median;
}

function costsOf<Measure extends string>(costs: Costs<Measure>, measure: Measure, name: string): readonly number[] {
  const found = costs.get(name);
  if (!found || found.length === 0) throw new Error(`Compare "${name}": it must be one of the contenders that ran`);
  return found.map((cost) => cost[measure]);
}

/** The median and the quartiles of `numbers`. */
export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { median: between(sorted, 0.5), low: between(sorted, 0.25), high: between(sorted, 0.75) };
}

/** The number below which `part`, 0 to 1, of `numbers` lies. */
export function quantile(numbers: readonly number[], part: number): number {
  return between(
    numbers.toSorted((a, b) => a - b),
    part,
  );
}

/** Interpolates between the two nearest values. */
function between(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** `items` in random order. */
export function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
