const PATHS = {
  agent:
    'M8 4.5V2.5M4.5 4.5h7a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2ZM6 8v.8M10 8v.8',
  channels: 'M6 2.5 4.5 13.5M11.5 2.5 10 13.5M2.5 6h11M2.5 10.5h11',
  chat: 'M3 3.5h10a.8.8 0 0 1 .8.8v6.2a.8.8 0 0 1-.8.8H8l-3 2.4v-2.4H3a.8.8 0 0 1-.8-.8V4.3a.8.8 0 0 1 .8-.8Z',
  clear: 'M9.8 2.6 13.4 6.2 7.2 12.4H4.6L2.6 10.4ZM6 6.4l3.6 3.6M4.6 13.6h9',
  clock: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2ZM8 4.8V8l2.2 1.6',
  close: 'M4 4l8 8M12 4l-8 8',
  contract: 'M4 2.5h5.5L12.5 5.5v8H4ZM9.5 2.5v3h3M6 8.6l1.4 1.4L10.4 7.2',
  down: 'M8 3v9.5M4 8.8l4 4 4-4',
  link: 'M6.6 9.4 9.4 6.6M7.4 4.6 8.8 3.2a2.8 2.8 0 0 1 4 4l-1.4 1.4M8.6 11.4l-1.4 1.4a2.8 2.8 0 0 1-4-4l1.4-1.4',
  log: 'M2.5 3.5h11v9h-11ZM5 6.5l1.8 1.6L5 9.7M8.5 9.9h2.6',
  metrics: 'M2.5 13.5h11M4.5 11V8.5M8 11V3.5M11.5 11V6',
  moon: 'M13 9.6A5.4 5.4 0 0 1 6.4 3a5.4 5.4 0 1 0 6.6 6.6Z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.2v9.6L12.6 8Z',
  plus: 'M8 3v10M3 8h10',
  rename: 'M10.6 2.8 13.2 5.4 5.6 13H3v-2.6ZM9 4.4 11.6 7',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13.2 2.4v2.8h-2.8',
  send: 'M8 13V3.5M3.8 7.4 8 3.2l4.2 4.2',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6ZM8 1.4v1.4M8 13.2v1.4M1.4 8h1.4M13.2 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M3.3 12.7l1-1M11.7 4.3l1-1',
  trash: 'M2.8 4.5h10.4M6.2 4.3V2.7h3.6v1.6M4.2 4.6l.6 8.7h6.4l.6-8.7M6.7 7v3.8M9.3 7v3.8',
  warning: 'M8 2.6 14 13H2ZM8 6.6v3M8 11.2v.3',
} as const;

/** Names of the icons there are. */
export type IconName = keyof typeof PATHS;

/** A drawing beside a label, or inside a button that has one. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
