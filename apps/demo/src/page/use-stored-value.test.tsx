// @vitest-environment happy-dom
import { flushSync } from 'react-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mount } from '../../test/mount';
import { useIdentity } from './use-identity';
import { useStoredValue } from './use-stored-value';

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => void vi.restoreAllMocks());

const isNumber = (value: unknown) => typeof value === 'number';

function count() {
  const seen = {} as { value: number; change: (by: number) => void };
  function Counter() {
    const [value, change] = useStoredValue('count', isNumber, 0);
    seen.value = value;
    seen.change = (by) => flushSync(() => change((before) => before + by));
    return null;
  }
  mount(<Counter />);
  return seen;
}

test('what is changed is there for the next page', () => {
  count().change(2);
  const again = count();
  again.change(3);
  expect([again.value, localStorage.getItem('wirepact.count')]).toEqual([5, '5']);
});

test('what somebody else wrote there does not count', () => {
  localStorage.setItem('wirepact.count', '"many"');
  expect(count().value).toBe(0);
});

test('without storage a value lives as long as the page', () => {
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('The user has said no.', 'SecurityError');
  });
  const seen = count();
  seen.change(2);
  expect(seen.value).toBe(2);
});

function enter() {
  const seen = {} as { id: string; name: string; setName: (name: string) => void };
  function Who() {
    const [{ entityId, entityName }, setName] = useIdentity();
    Object.assign(seen, {
      id: entityId,
      name: entityName,
      setName: (name: string) => flushSync(() => setName(name)),
    });
    return null;
  }
  mount(<Who />);
  return seen;
}

test('a window stays who it is, and another is somebody else of the same name', () => {
  const first = enter();
  expect(first.name).toBe('');
  first.setName('Ada');
  const reloaded = enter();
  expect([reloaded.id, reloaded.name]).toEqual([first.id, 'Ada']);
  sessionStorage.clear();
  const other = enter();
  expect(other.name).toBe('Ada');
  expect(other.id).not.toBe(first.id);
  other.setName('Grace');
  expect(enter().name).toBe('Grace');
});
