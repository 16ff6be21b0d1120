import type { Issue } from '@wirepact/client';
import type { InspectedAnswer, InspectedEvent } from '@wirepact/client/inspect';
import { memo, useState } from 'react';
import type { ContractRules } from '../chat/contract-rules';
import type { SpecRule } from '../chat/spec-rules';
import { isProblem } from '../chat/wire-filter';
import { renderMarkdown } from './render-markdown';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

/** Longest JSON that is shown, in characters. */
const MAX_SHOWN = 1_500;

const formatSize = (bytes: number) => (bytes < 1_000 ? `${bytes} B` : `${(bytes / 1_000).toFixed(1)} kB`);

function formatJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2) ?? '';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}\n… ${text.length - MAX_SHOWN} more` : text;
}

/** What became of it, in few words. */
function describeOutcome({ answer, isKnown, issues }: InspectedEvent): string {
  if (!isKnown) return 'not of the contract';
  if (issues.length > 0) return 'breaks the contract';
  if (!answer) return '';
  const result = answer.code ?? 'ok';
  return answer.ms === undefined ? `${result}, not sent` : `${result} in ${answer.ms.toFixed(1)} ms`;
}

/** Rules are read as Markdown once somebody looks at them. */
function RuleList({ rules }: { rules: readonly SpecRule[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="wire__rules" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{rules.length === 1 ? 'The rule it follows' : `The ${rules.length} rules it follows`}</summary>
      {isOpen && (
        <dl>
          {rules.map(({ id, text }) => (
            <div key={id}>
              <dt>{id}</dt>
              <dd>{renderMarkdown(text)}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}

/** What is wrong, and the rules that say so. */
const IssueList = ({
  issues,
  rulesAt,
}: {
  issues: readonly Issue[];
  rulesAt: (path: string) => readonly SpecRule[];
}) => (
  <ul className="wire__issues">
    {issues.map(({ path, message }) => (
      <li key={`${path} ${message}`}>
        <code>{path || '/'}</code> {message}{' '}
        {rulesAt(path)
          .map(({ id }) => `[${id}]`)
          .join(' ')}
      </li>
    ))}
  </ul>
);

interface AnswerProps {
  readonly answer: InspectedAnswer;
  readonly rules: ContractRules;
  readonly rulesAt: (path: string) => readonly SpecRule[];
}

const Answer = ({ answer, rules, rulesAt }: AnswerProps) => (
  <>
    {answer.code && (
      <p className="wire__rule">
        <code>{answer.code}</code> {rules.describeCode(answer.code) ?? answer.message}
      </p>
    )}
    <IssueList issues={answer.issues} rulesAt={rulesAt} />
    {answer.data !== undefined && (
      <>
        <h3>Answer</h3>
        <pre>{formatJson(answer.data)}</pre>
      </>
    )}
  </>
);

/** What a {@link WireEventRow} shows. */
export interface WireEventRowProps {
  readonly event: InspectedEvent;
  readonly rules: ContractRules;
}

/** One event that went over the wire; what the contract says of it, and what it carried, unfolds. */
export const WireEventRow = memo(function WireEventRow({ event, rules }: WireEventRowProps) {
  const { direction, event: name, at, size, payload, issues, answer } = event;
  const isSent = direction === 'out';
  const followed = rules.rulesOf(name);
  const rulesAt = (path: string) => rules.rulesOfField(name, path);
  return (
    <li className="log-entry" data-event={name} data-problem={isProblem(event) || undefined}>
      <details>
        <summary className="wire__line">
          <time dateTime={new Date(at).toISOString()}>{clock.format(at)}</time>
          <span className={`wire__direction wire__direction--${direction}`}>{isSent ? 'sent' : 'got'}</span>
          <b>{name}</b>
          <span className="wire__size">{formatSize(size)}</span>
          <span className="wire__outcome">{describeOutcome(event)}</span>
        </summary>
        <div className="wire__details">
          <p className="wire__rule">
            {rules.describeEvent(name) ?? 'The contract says nothing of this event.'}
          </p>
          <IssueList issues={issues} rulesAt={rulesAt} />
          {followed.length > 0 && <RuleList rules={followed} />}
          {payload !== undefined && (
            <>
              <h3>Payload</h3>
              <pre>{formatJson(payload)}</pre>
            </>
          )}
          {answer && <Answer {...{ answer, rules, rulesAt }} />}
        </div>
      </details>
    </li>
  );
});
