import { fork } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { cpuBetween, familyOf, readProcessCpu } from './process-cpu';

test('one that has begun since has cost all it has, and one that has ended is left out', () => {
  const before = new Map([
    [1, 100],
    [2, 500],
  ]);
  const after = new Map([
    [1, 130],
    [3, 7],
  ]);
  expect(cpuBetween(before, after)).toBe(37);
});

test.runIf(process.platform === 'linux')('a process has its children beside it', async () => {
  const child = fork('-', { execArgv: ['-e', 'setInterval(() => {}, 1000)'] });
  onTestFinished(() => void child.kill());
  expect(familyOf(process.pid)).toEqual(expect.arrayContaining([process.pid, child.pid]));
});

test.runIf(process.platform === 'linux')('what this process computes is in its CPU time', () => {
  const before = readProcessCpu([process.pid]);
  const { user, system } = process.cpuUsage();
  const used = () => {
    const now = process.cpuUsage();
    return now.user + now.system - user - system;
  };
  while (used() < 20_000) JSON.parse('[1,2,3]');
  expect(cpuBetween(before, readProcessCpu([process.pid]))).toBeGreaterThan(15_000);
});

test('a process that is not there has cost nothing', () => {
  expect(readProcessCpu([0]).get(0)).toBe(0);
});
