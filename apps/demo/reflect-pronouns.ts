const REFLECTIONS: Readonly<Record<string, string>> = {
  i: 'you',
  me: 'you',
  my: 'your',
  mine: 'yours',
  myself: 'yourself',
  am: 'are',
  was: 'were',
  "i'm": 'you are',
  "i've": 'you have',
  "i'll": 'you will',
  "i'd": 'you would',
  we: 'you',
  us: 'you',
  our: 'your',
  you: 'I',
  your: 'my',
  yours: 'mine',
  yourself: 'myself',
  "you're": 'I am',
  "you've": 'I have',
  "you'll": 'I will',
};

/** Words after which “you” is somebody something is done to: “I trust you” becomes “you trust me”. */
const isObject = (text: string, offset: number) =>
  /\b(?!I\b|that\b|if\b|and\b|but\b|do\b|can\b|are\b|why\b|what\b|how\b)\w+\s+$/i.test(text.slice(0, offset));
const isLast = (text: string, end: number) => !/\w/.test(text.slice(end));

/** “was” goes with “I” only: “I was” becomes “you were”, “it was” stays. */
const followsI = (text: string, offset: number) => /\bI\s+(?:\w+\s+)?$/i.test(text.slice(0, offset));

function reflectWord(word: string, offset: number, text: string): string {
  const key = word.toLowerCase().replace('’', "'");
  if (key === 'was' && !followsI(text, offset)) return word;
  if (key === 'you' && isLast(text, offset + word.length) && isObject(text, offset)) return 'me';
  return Object.hasOwn(REFLECTIONS, key) ? (REFLECTIONS[key] ?? word) : word;
}

/** What somebody said, as the other one would say it: “I lost my keys” becomes “you lost your keys”. */
export const reflectPronouns = (text: string): string => text.replace(/[\w'’]+/g, reflectWord);
