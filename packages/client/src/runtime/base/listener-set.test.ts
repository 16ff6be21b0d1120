import { expect, test } from 'vitest';
import { ListenerSet } from './listener-set';
import { createObservable } from './observable';

/** A set, a listener that counts how often it is called, and a function that says so. */
function start() {
  const set = new ListenerSet<string>();
  let heard = 0;
  const listener = () => {
    heard += 1;
  };
  const hearings = () => {
    heard = 0;
    set.notify('event');
    return heard;
  };
  return { set, listener, hearings };
}

test('[E9] two subscriptions of one function are two: each hears, and each is ended by itself', () => {
  const { set, listener, hearings } = start();
  const [stopFirst, stopSecond] = [set.add(listener), set.add(listener)];
  expect(hearings()).toBe(2);
  stopFirst();
  stopFirst();
  expect(hearings()).toBe(1);
  stopSecond();
  expect(hearings()).toBe(0);
});

test('[E9] the end of an old subscription leaves a newer one of the same function', () => {
  const { set, listener, hearings } = start();
  const stopOld = set.add(listener);
  set.remove(listener);
  set.add(listener);
  stopOld();
  expect(hearings()).toBe(1);
});

test('[E9] taking off a function ends its newest subscription, and only that', () => {
  const { set, listener, hearings } = start();
  const stopOld = set.add(listener);
  set.add(listener);
  set.remove(listener);
  set.remove(() => {});
  expect(hearings()).toBe(1);
  stopOld();
  expect(hearings()).toBe(0);
});

test('[E9] who was stopped by a listener before it is not called any more', () => {
  const { set, listener, hearings } = start();
  set.add(() => stop());
  const stop = set.add(listener);
  expect(hearings()).toBe(0);
});

test('[E9] an observable, too, tells one function as often as it has subscribed', () => {
  const observable = createObservable(0);
  const heard: number[] = [];
  const listener = (value: number) => heard.push(value);
  const stop = observable.subscribe(listener);
  observable.subscribe(listener);
  observable.set(1);
  stop();
  observable.set(2);
  expect(heard).toEqual([1, 1, 2]);
});
