/** How everything here is measured: in rounds, each of which runs all contenders once, in shuffled order. */

/** One of the things that are compared. */
export type Contender<Measure extends string> = {
  readonly name: string;
  /** Runs one round, numbered from 0, and gives what it cost by each measure. */
  run(round: number): Promise<Readonly<Record<Measure, number>>>;
};

/** How many rounds: the first few let caches and the compiler settle, and are thrown away. */
export type Rounds = {
  readonly warmUp: number;
  readonly timed: number;
  /** Hears which round begins, from 0 up. */
  readonly onRound?: (round: number) => void;
};

/** What each contender's rounds cost, in the order in which they were run. */
export type Costs<Measure extends string> = ReadonlyMap<string, readonly Readonly<Record<Measure, number>>[]>;

/** A median, and the quartiles around it: half of all rounds lie between `low` and `high`. */
export type Spread = { readonly median: number; readonly low: number; readonly high: number };

/**
 * The costs of `contenders` over `rounds`.
 *
 * A machine that is slow for a moment is slow for both sides of a ratio, because they run right after each other; and no side always comes
 * first, because each round is shuffled anew.
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

/** How long runs took: the run in the middle, which shows the code, and the average, which also bears collected garbage and checkpoints. */
export type Timing = { readonly typical: number; readonly average: number };

/** Microseconds that `count` runs of `work` took, one after the other. */
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

/** The processor's time of one run of `work`. What else runs on the machine takes no part of it, though it slows caches down. */
export type Effort = { readonly cpu: number };

/** Microseconds of this thread's own processor time that each of `count` runs of `work` took, collected garbage and all. */
export function effortOf(count: number, work: (index: number) => unknown): Effort {
  const before = process.threadCpuUsage();
  for (let index = 0; index < count; index += 1) work(index);
  const { user, system } = process.threadCpuUsage(before);
  return { cpu: (user + system) / count };
}

/** How many times as much `name` cost as `base` by `measure`, round by round. */
export function ratioOf<Measure extends string>(costs: Costs<Measure>, measure: Measure, name: string, base: string): Spread {
  const under = costsOf(costs, measure, base);
  return spreadOf(costsOf(costs, measure, name).map((cost, round) => cost / (under[round] ?? Number.NaN)));
}

/** How much more `name` cost than `base` by `measure`, round by round. */
export function differenceOf<Measure extends string>(costs: Costs<Measure>, measure: Measure, name: string, base: string): Spread {
  const under = costsOf(costs, measure, base);
  return spreadOf(costsOf(costs, measure, name).map((cost, round) => cost - (under[round] ?? Number.NaN)));
}

/** What one contender cost by `measure`: for what has a target of its own, and is no ratio. */
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

/** Between the two nearest values, as far as `part` lies between them. */
function between(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** `items` in an order that chance picks. */
export function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
