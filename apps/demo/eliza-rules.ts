import { anything, type ElizaRule } from './eliza-rule';

/** Rules for what people say of themselves. */
export const LIFE_RULES: readonly ElizaRule[] = [
  {
    name: 'distress',
    rank: 100,
    keyword: /\b(suicid\w*|kill myself|self-harm|hurt myself)\b/i,
    decompositions: anything(
      'That sounds very hard, and I am only a small program. Please talk to somebody you trust, or to a crisis line near you, right now.',
    ),
  },
  {
    name: 'dream',
    rank: 50,
    keyword: /\b(dream\w*|nightmares?)\b/i,
    decompositions: [
      {
        match: /\bI dream(?:ed|t)? (?:of|about|that) (.+)/i,
        answers: ['What did you feel when you dreamt of $1?', 'Have you ever imagined $1 while awake?'],
      },
      {
        match: /^/,
        answers: ['What do you make of that dream?', 'Does that dream come back?', 'Who else is in it?'],
      },
    ],
  },
  {
    name: 'feeling',
    rank: 45,
    keyword:
      /\bI(?:'m|’m| am| feel| was| have been) (?:\w+ )?(sad|unhappy|angry|tired|afraid|scared|worried|anxious|lonely|stressed|stuck|happy|glad|excited|proud)\b/i,
    decompositions: [
      {
        match: /\b(sad|unhappy|angry|tired|afraid|scared|worried|anxious|lonely|stressed|stuck)\b/i,
        answers: [
          'I am sorry to hear that you are $1. When did that begin?',
          'What would have to change for you not to be $1?',
          'Who knows that you are $1?',
        ],
      },
      {
        match: /\b(happy|glad|excited|proud)\b/i,
        answers: [
          'What made you $1?',
          'How long have you been waiting to feel $1?',
          'With whom do you share that?',
        ],
      },
    ],
  },
  {
    name: 'family',
    rank: 40,
    keyword:
      /\b(mother|mom|mum|father|dad|parents?|sister|brother|family|wife|husband|partner|son|daughter|children|kids)\b/i,
    decompositions: [
      {
        match:
          /\bmy (mother|mom|mum|father|dad|parents?|sister|brother|family|wife|husband|partner|son|daughter|children|kids)\b (.+)/i,
        answers: [
          'How do you feel about the fact that your $1 $2?',
          'What else comes to mind about your $1?',
        ],
      },
      {
        match: /^/,
        answers: ['Tell me more about your family.', 'Who in your family matters most in this?'],
      },
    ],
  },
  {
    name: 'work',
    rank: 35,
    keyword: /\b(work|job|boss|deadline|meeting|project|colleagues?|office|release|sprint)\b/i,
    decompositions: [
      {
        match: /\bmy (job|boss|deadline|meeting|project|colleagues?|office|release|sprint)\b (.+)/i,
        answers: ['Your $1 $2. What do you wish it were like?', 'How much of this is really up to your $1?'],
      },
      {
        match: /^/,
        answers: [
          'What would a good day at work look like?',
          'Is it the work itself, or the people around it?',
          'What would happen if you let that wait a day?',
        ],
      },
    ],
  },
  {
    name: 'machine',
    rank: 34,
    keyword: /\b(computers?|machines?|robots?|programs?|software|bots?)\b/i,
    decompositions: anything(
      'Do machines worry you, or make you curious?',
      'I may be one of those you mean. How does it feel to talk to me?',
      'What can a person do for you that a program cannot?',
    ),
  },
  {
    name: 'want',
    rank: 30,
    keyword: /\bI (?:want|need|wish|would like|'d like)\b/i,
    decompositions: [
      {
        match: /\bI (?:want|need|wish|would like|'d like) to (.+)/i,
        answers: [
          'What would it mean to you, to $1?',
          'Suppose you got to $1 tomorrow. What would be different?',
          'What keeps you from it?',
        ],
      },
      {
        match: /\bI (?:want|need|wish|would like|'d like) (?:for )?(.+)/i,
        answers: [
          'What would $1 change for you?',
          'Suppose you never get $1. What then?',
          'Why $1, of all things?',
        ],
      },
    ],
  },
  {
    name: 'inability',
    rank: 28,
    keyword: /\bI (?:can't|can’t|cannot|can not|couldn't|could not)\b/i,
    decompositions: [
      {
        match: /\bI (?:can't|can’t|cannot|can not|couldn't|could not) (.+)/i,
        answers: [
          'How do you know that you cannot $1?',
          'What have you tried, to $1?',
          'Perhaps you could $1 now?',
        ],
      },
    ],
  },
  {
    name: 'memory',
    rank: 26,
    keyword: /\bI (?:still )?remember\b/i,
    decompositions: [
      {
        match: /\bI (?:still )?remember (.+)/i,
        answers: ['Do you often think of $1?', 'What else comes back when you think of $1?'],
      },
    ],
  },
  {
    name: 'being',
    rank: 24,
    keyword: /\bI(?:'m|’m| am)\b/i,
    decompositions: [
      {
        match: /\bI(?:'m|’m| am) (.+)/i,
        answers: ['How long have you been $1?', 'How do you feel about being $1?', 'Do you like being $1?'],
      },
    ],
  },
  {
    name: 'address',
    rank: 22,
    keyword: /\byou(?:'re|’re| are)\b/i,
    decompositions: [
      {
        match: /\byou(?:'re|’re| are) (.+)/i,
        answers: ['What makes you think I am $1?', 'Would you prefer it if I were not $1?'],
      },
    ],
  },
  {
    name: 'reason',
    rank: 20,
    keyword: /\bbecause\b/i,
    decompositions: anything(
      'Is that the real reason?',
      'Which other reasons come to mind?',
      'Does that reason explain anything else?',
    ),
  },
  {
    name: 'absolutes',
    rank: 16,
    keyword: /\b(always|never|everybody|everyone|nobody)\b/i,
    decompositions: [
      {
        match: /\b(always|never)\b/i,
        answers: ['Can you think of one exception?', 'Really $1?', 'Which time do you have in mind?'],
      },
      {
        match: /\b(everybody|everyone|nobody)\b/i,
        answers: ['Whom in particular do you mean?', 'Surely not $1?'],
      },
    ],
  },
  {
    name: 'possession',
    rank: 14,
    keyword: /\bmy \w+/i,
    decompositions: [
      {
        match: /\bmy ([\w'’-]+)(.*)/i,
        answers: ['Your $1, you say. What makes it matter to you?', 'Tell me more about your $1.'],
      },
    ],
  },
];

/** What Eliza says where no rule matches and nothing earlier is worth coming back to. */
export const FALLBACKS: readonly string[] = [
  'Go on, I am listening.',
  'What does that suggest to you?',
  'Can you say that in other words?',
  'How does that make you feel?',
  'Tell me more about that.',
];

/** How Eliza comes back to something said earlier. */
export const RECALLS: readonly string[] = [
  'Earlier you spoke of your $1. Does that have to do with this?',
  'Let us go back to your $1 for a moment. What about it?',
  'I keep thinking of what you said about your $1.',
];
