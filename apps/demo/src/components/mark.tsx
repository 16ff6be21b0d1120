/** The project's mark. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="9" />
    <path d="M7 11.5 11 21l5-10 5 10 4-9.5" />
    <circle cx="25" cy="11.5" r="2.2" />
    <circle cx="7" cy="11.5" r="2.2" />
  </svg>
);
