const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const isToday = (date: Date) => date.toDateString() === new Date().toDateString();

/** When something was said: the time alone today, with the date before. */
export function MessageTime({ createdAt }: { createdAt: number }) {
  const date = new Date(createdAt);
  return (
    <time dateTime={date.toISOString()} title={dateAndTime.format(date)}>
      {(isToday(date) ? time : dateAndTime).format(date)}
    </time>
  );
}
