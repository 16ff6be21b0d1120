import { isRecord } from '../page/use-stored-value';

const MAX_LABEL_LENGTH = 60;

/** `ASK_BACK` as “Ask back”. */
const toWords = (name: string) => {
  const words = name.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** An action may be anything; a name and what it is about make the best label. */
function labelOf(action: unknown): string {
  if (typeof action === 'string') return toWords(action);
  if (isRecord(action) && isRecord(action.tool)) return labelOf({ ...action.tool, about: action.tool.error });
  if (!isRecord(action) || typeof action.name !== 'string') return JSON.stringify(action) ?? 'Action';
  const about = typeof action.about === 'string' ? `: ${action.about}` : '';
  return toWords(action.name) + about;
}

/** What an agent did while it answered. */
export function ActionChips({ actions }: { actions: readonly unknown[] }) {
  const labels = [...new Set(actions.map(labelOf))];
  if (labels.length === 0) return null;
  return (
    <ul className="chips" aria-label="Actions">
      {labels.map((label) => (
        <li key={label} className="chip" title={label}>
          {label.slice(0, MAX_LABEL_LENGTH)}
        </li>
      ))}
    </ul>
  );
}
