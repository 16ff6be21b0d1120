import { channels, createContractClient } from '@wirepact/client';
import { board, moveCard } from './contract';

const boardId = location.hash.slice(1) || 'first';
const client = createContractClient(location.origin, board, { channels });
const channel = client.channel('board', boardId);
const cards = channel.reduceFrom(moveCard, () => client.request('read_board', { boardId }));

function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`The page has no ${selector}.`);
  return element;
}

function createCard(cardId: string): HTMLElement {
  const card = document.createElement('li');
  card.textContent = cardId;
  card.draggable = true;
  card.ondragstart = ({ dataTransfer }) => dataTransfer?.setData('text/plain', cardId);
  return card;
}

function move(cardId: string, column: 'todo' | 'doing' | 'done'): void {
  const payload = { boardId, cardId, column };
  find('#problem').textContent = '';
  channel.send('move_card', payload, { expects: { event: 'cardMoved', payload } }).catch((error: Error) => {
    find('#problem').textContent = `“${cardId}” could not be moved: ${error.message}`;
  });
}

for (const column of ['todo', 'doing', 'done'] as const) {
  const list = find(`#${column} ol`);
  list.ondragover = (event) => event.preventDefault();
  list.ondrop = (event) => {
    event.preventDefault();
    move(event.dataTransfer?.getData('text/plain') ?? '', column);
  };
  cards.subscribe((columns = {}) => {
    const here = Object.keys(columns).filter((cardId) => columns[cardId] === column);
    list.replaceChildren(...here.sort().map(createCard));
  });
}

channel.state.subscribe(({ status }) => {
  find('#state').textContent = status === 'joined' ? 'live' : status;
  find('#state').dataset.status = status;
});
