import { WirepactError } from '@wirepact/contract/runtime';
import { expect, test } from 'vitest';
import { Backlog, GroupCommit, type GroupCommitOptions } from './group-commit';

const FAULTS = ['value', 'place', 'conflict', 'busy'] as const;

/** A group commit of texts that answers each with itself, and the batches that it has run. */
function createCommits(options: Partial<GroupCommitOptions<string>> = {}) {
  const batches: string[] = [];
  const commits = new GroupCommit<string>({
    run: async (batch) => {
      batches.push(batch.join(''));
      return batch;
    },
    countTogether: (writes) => writes.length,
    faultOf: (cause) => FAULTS.find((fault) => fault === cause) ?? 'store',
    backlog: new Backlog(1_000),
    timeoutMs: 60_000,
    ...options,
  });
  const writeAll = (text: string, bytes = 1) =>
    Promise.all(
      [...text].map((write) => commits.write(write, bytes).catch(({ code }: WirepactError) => code)),
    );
  return { commits, batches, writeAll };
}

const nextTurn = () => new Promise(setImmediate);

test('what arrives while others wait is committed with them, in order, and what arrives in mid-commit after it', async () => {
  const late: Promise<unknown>[] = [];
  const { commits, batches, writeAll } = createCommits({
    run: async (batch) => {
      if (batches.length === 0) late.push(writeAll('fg'));
      batches.push(batch.join(''));
      return batch;
    },
  });
  const first = writeAll('abc');
  await nextTurn();
  const second = writeAll('de');
  expect(await Promise.all([first, second])).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]);
  await commits.idle();
  expect(await Promise.all(late)).toEqual([['f', 'g']]);
  expect(batches).toEqual(['abcde', 'fg']);
});

test('where something arrives in every turn, what waits does not wait for all of it', async () => {
  const { batches, writeAll } = createCommits();
  const written: Promise<unknown>[] = [];
  while (batches.length === 0) {
    written.push(writeAll('a'));
    const since = performance.now();
    while (performance.now() - since < 1);
    await nextTurn();
  }
  await Promise.all(written);
  expect(batches[0]?.length).toBeLessThan(10);
});

test.each(['value', 'place'])(
  '[C4] the one at fault is found by halves, where the fault is a %s',
  async (fault) => {
    const { batches, writeAll } = createCommits({
      run: async (batch) => {
        batches.push(batch.join(''));
        if (batch.includes('!')) throw fault;
        return batch;
      },
    });
    const code = fault === 'value' ? 'INVALID_PAYLOAD' : 'STORE_UNAVAILABLE';
    expect(await writeAll('abcde!gh')).toEqual(['a', 'b', 'c', 'd', 'e', code, 'g', 'h']);
    expect(batches).toEqual(['abcde!gh', 'abcd', 'e!gh', 'e!', 'e', '!', 'gh']);
  },
);

test.each(['store', 'conflict'])(
  '[C4] where the fault is of a %s, all are told at once and nothing is tried one by one',
  async (fault) => {
    const { batches, writeAll } = createCommits({
      run: async (batch) => {
        batches.push(batch.join(''));
        throw fault;
      },
    });
    expect(await writeAll('abc')).toEqual(Array(3).fill('STORE_UNAVAILABLE'));
    expect(batches).toEqual(['abc']);
  },
);

test('an answer that is an error rejects that write alone', async () => {
  const { writeAll } = createCommits({
    run: async (batch) => batch.map((write) => (write === '!' ? new WirepactError('NO', 'no') : write)),
  });
  expect(await writeAll('a!c')).toEqual(['a', 'NO', 'c']);
});

test('[C0c] what has waited too long behind a commit that hangs is told, and not tried', async () => {
  const hanging: (() => void)[] = [];
  const { batches, commits, writeAll } = createCommits({
    timeoutMs: 1,
    run: async (batch) => {
      batches.push(batch.join(''));
      await new Promise<void>((resolve) => hanging.push(resolve));
      return batch;
    },
  });
  const first = writeAll('a');
  await expect.poll(() => hanging).toHaveLength(1);
  const second = writeAll('bc');
  const since = performance.now();
  await expect.poll(() => performance.now() - since).toBeGreaterThan(1);
  hanging[0]?.();
  expect(await Promise.all([first, second])).toEqual([['a'], ['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE']]);
  expect(batches).toEqual(['a']);
  await commits.idle();
});

test('[C0c] no more bytes wait than may, but for one write, and no more are committed together', async () => {
  const MIB = 1024 * 1024;
  const { batches, writeAll } = createCommits();
  expect(await writeAll('a', 100 * MIB)).toEqual(['a']);
  const outcomes = await writeAll('abcdefghijk', 6 * MIB);
  expect(outcomes).toEqual([...'abcdefghij', 'OVERLOADED']);
  expect(await writeAll('lmn', 1.5 * MIB)).toEqual(['l', 'm', 'n']);
  expect(batches).toEqual(['a', ...'abcdefghij', 'lm', 'n']);
});

test('what others keep busy is given away in order, with what has arrived for it meanwhile, and the rest is tried again', async () => {
  const given: string[] = [];
  const late: Promise<unknown>[] = [];
  const { batches, commits, writeAll } = createCommits({
    run: async (batch) => {
      batches.push(batch.join(''));
      if (batch.includes('A')) throw 'busy';
      return batch;
    },
    makeWay: async (writes) => {
      expect(writes.join('')).toBe('aAbA');
      late.push(writeAll('Ac'));
      await nextTurn();
      return (waiting) =>
        waiting.filter(({ write, resolve }) => {
          if (write !== 'A') return true;
          resolve(`given ${given.push(write)}`);
          return false;
        });
    },
  });
  expect(await writeAll('aAbA')).toEqual(['a', 'given 1', 'b', 'given 2']);
  expect(await late[0]).toEqual(['given 3', 'c']);
  await commits.idle();
  expect(batches).toEqual(['aAbA', 'abc']);
});

test('one that others keep busy, found beside one at fault, takes nothing with it out of order', async () => {
  let isBusy = true;
  const { batches, writeAll } = createCommits({
    run: async (batch) => {
      batches.push(batch.join(''));
      if (batch.includes('!')) throw 'value';
      if (batch.includes('A') && isBusy) throw 'busy';
      return batch;
    },
    makeWay: async () => {
      isBusy = false;
      return (waiting) => waiting;
    },
  });
  expect(await writeAll('aA!b')).toEqual(['a', 'A', 'INVALID_PAYLOAD', 'b']);
  expect(batches).toEqual(['aA!b', 'aA', 'aA!b', 'aA', '!b', '!', 'b']);
});

test('where it cannot be found out who keeps what busy, those who wait for it are told, and nobody else', async () => {
  let isBusy = true;
  const { writeAll } = createCommits({
    run: async (batch) => {
      if (isBusy) throw 'busy';
      return batch;
    },
    makeWay: async () => {
      isBusy = false;
      throw 'store';
    },
  });
  expect(await writeAll('ab')).toEqual(['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE']);
  expect(await writeAll('ab')).toEqual(['a', 'b']);
});

test('several that share a backlog have no more waiting than one may', async () => {
  const backlog = new Backlog(3);
  const [one, other] = [createCommits({ backlog }), createCommits({ backlog })];
  const written = await Promise.all([one.writeAll('ab'), other.writeAll('cd')]);
  expect(written).toEqual([
    ['a', 'b'],
    ['c', 'OVERLOADED'],
  ]);
  expect(await other.writeAll('efg')).toEqual(['e', 'f', 'g']);
});
