import { anything, type ElizaRule } from './eliza-rule';

/** Rules for what people say to a listener: greetings, questions, thanks. */
export const SMALL_TALK_RULES: readonly ElizaRule[] = [
  {
    name: 'capabilities',
    rank: 60,
    keyword: /\b(help|what can you do|how do you work|commands?)\b/i,
    decompositions: [
      {
        match: /\bhelp me (?:to )?(.+)/i,
        answers: ['What would be a first step to $1?', 'Who else could help you $1?'],
      },
      {
        match: /\b(?:what can you do|how do you work|commands?)\b/i,
        answers: [
          'I look for keywords in what you say, turn your sentence round and hand it back as a question. Tell me about your day and see.',
          'I have a few dozen rules and some memory. Open “Thought” above one of my answers to see which rule spoke.',
        ],
      },
      { match: /^/, answers: ['I can listen and ask. What is on your mind?', 'Help with what, exactly?'] },
    ],
  },
  {
    name: 'memory-request',
    rank: 58,
    keyword: /\bdo you remember\b/i,
    decompositions: [
      {
        match: /\bdo you remember (.+)/i,
        answers: ['What should I remember about $1?', 'Why does $1 come up now?'],
      },
    ],
  },
  {
    name: 'about-eliza',
    rank: 33,
    keyword: /\b(who are you|your name|are you (?:a |an )?(?:human|real|person|eliza))\b/i,
    decompositions: anything(
      'I am Eliza: a handful of rules and a good listener. Who are you, when nobody asks you to be anything?',
      'They call me Eliza. We were talking about you, though.',
    ),
  },
  {
    name: 'apology',
    rank: 18,
    keyword: /\bsorry\b/i,
    decompositions: anything('No need to be sorry.', 'What goes through your mind when you apologise?'),
  },
  {
    name: 'thanks',
    rank: 13,
    keyword: /\b(thanks|thank you|cheers)\b/i,
    decompositions: anything('You are welcome. What else is there?', 'Gladly. Shall we go on?'),
  },
  {
    name: 'goodbye',
    rank: 12,
    keyword: /\b(bye|goodbye|see you|good night)\b/i,
    decompositions: anything(
      'Goodbye. It was good to listen.',
      'Until next time. Take something of this with you.',
    ),
  },
  {
    name: 'greeting',
    rank: 10,
    keyword: /\b(hello|hi|hey|good (?:morning|evening|afternoon)|greetings)\b/i,
    decompositions: anything(
      'Hello. What is on your mind today?',
      'Hello there. How are you, really?',
      'Good to see you. Where shall we begin?',
    ),
  },
  {
    name: 'question',
    rank: 8,
    keyword: /\?\s*$/,
    decompositions: [
      { match: /\bwhy\b/i, answers: ['Why do you think?', 'Which answer would you like to hear?'] },
      {
        match: /\b(?:can|could|will|would|do|does|is|are)\b/i,
        answers: ['What do you hope the answer is?', 'And if it were so?'],
      },
      { match: /^/, answers: ['Why do you ask?', 'What comes to your mind when you ask that?'] },
    ],
  },
  {
    name: 'agreement',
    rank: 4,
    keyword: /^\W*(yes|yeah|yep|sure|of course|right|ok|okay)\b/i,
    decompositions: anything(
      'You seem sure. What makes you so?',
      'I see. Go on.',
      'And what follows from that?',
    ),
  },
  {
    name: 'refusal',
    rank: 4,
    keyword: /^\W*(no|nope|not really)\b/i,
    decompositions: anything(
      'Why not?',
      'Are you saying no just to be on the safe side?',
      'What would make it a yes?',
    ),
  },
];
