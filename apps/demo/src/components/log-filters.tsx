import { LOG_LEVELS, type LogFilter, type LogLevel } from '@wirepact/protocol';
import { useId } from 'react';
import { ELIZA_ID } from '../../lobby';

/** What {@link LogFilters} changes. */
export interface LogFiltersProps {
  readonly filter: LogFilter;
  readonly categories: readonly string[];
  readonly onChange: (filter: LogFilter) => void;
}

const LEVEL_LABELS: Readonly<Record<LogLevel, string>> = {
  debug: 'Debug +',
  info: 'Info +',
  warn: 'Warn +',
  error: 'Error',
};

/** What a {@link Filter} chooses from. */
export interface FilterProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string) => void;
}

/** Chooses one of several values. */
export function Filter({ label, value, options, onChange }: FilterProps) {
  const id = useId();
  return (
    <div className="log-filters__filter">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Chooses which log entries the server sends. */
export const LogFilters = ({ filter, categories, onChange }: LogFiltersProps) => (
  <fieldset className="log-filters">
    <legend className="visually-hidden">Filter the log</legend>
    <Filter
      label="Level from"
      value={filter.level ?? 'debug'}
      options={LOG_LEVELS.map((level) => [level, LEVEL_LABELS[level]])}
      onChange={(value) => onChange({ ...filter, level: LOG_LEVELS.find((level) => level === value) })}
    />
    <Filter
      label="Agent"
      value={filter.agentId ?? ''}
      options={[
        ['', 'Everybody'],
        [ELIZA_ID, 'Eliza'],
      ]}
      onChange={(value) => onChange({ ...filter, agentId: value || undefined })}
    />
    <Filter
      label="Category"
      value={filter.category ?? ''}
      options={[['', 'All'], ...categories.map((category) => [category, category] as const)]}
      onChange={(value) => onChange({ ...filter, category: value || undefined })}
    />
  </fieldset>
);
