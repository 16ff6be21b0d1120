import { readAnswer, readQuestion } from './answers';
import type { Observer } from './chaos-client';
import { type Member, memberAt, type Workload } from './workload';

/** Has a member stop an answer that is to be stopped, once anybody has heard half of it. */
export class AnswerStopper {
  private readonly asked = new Set<string>();

  constructor(
    private readonly members: readonly Member[],
    private readonly workload: Workload,
  ) {}

  /** The same observer, listened to. */
  listen(observer: Observer): Observer {
    return {
      ...observer,
      says: (answer) => {
        observer.says(answer);
        this.hear(answer);
      },
    };
  }

  private hear({ channelId, messageId, text }: Parameters<Observer['says']>[0]): void {
    const answer = readAnswer(text);
    const planned = readQuestion(answer?.question ?? '');
    if (
      !answer ||
      planned?.kind !== 'stopped' ||
      answer.said < planned.chunks / 2 ||
      this.asked.has(messageId)
    )
      return;
    this.asked.add(messageId);
    const member = memberAt(this.members, planned.stopper);
    void this.workload.manage(member, { kind: 'cancel', channelId, messageId });
  }
}
