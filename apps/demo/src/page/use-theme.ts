import { useCallback, useEffect } from 'react';
import { useMediaQuery } from './use-media-query';
import { useStoredValue } from './use-stored-value';

/** How the page looks. */
export type Theme = 'light' | 'dark';

type Choice = Theme | 'system';

const isChoice = (value: unknown): value is Choice =>
  value === 'light' || value === 'dark' || value === 'system';

/** The theme in force, the system's until the user chooses, and the function that changes it for the other one. */
export function useTheme(): [Theme, toggle: () => void] {
  const isSystemDark = useMediaQuery('(prefers-color-scheme: dark)');
  const [choice, setChoice] = useStoredValue<Choice>('theme', isChoice, 'system');
  const theme = choice === 'system' ? (isSystemDark ? 'dark' : 'light') : choice;

  useEffect(() => {
    if (choice === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
  }, [choice]);

  const toggle = useCallback(
    () => setChoice(() => (theme === 'dark' ? 'light' : 'dark')),
    [theme, setChoice],
  );
  return [theme, toggle];
}
