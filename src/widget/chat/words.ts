/** Everything the widget says. People's own words are never put in here but as arguments. */
export interface Words {
  readonly chat: string;
  readonly close: string;
  readonly end: string;
  readonly endAsk: string;
  readonly endYes: string;
  readonly cancel: string;
  readonly online: string;
  readonly busy: string;
  readonly away: string;
  readonly hello: string;
  readonly helloAway: string;
  readonly helloHere: string;
  readonly elsewhere: string;
  readonly orElsewhere: string;
  readonly messengers: Readonly<Record<string, string>>;
  readonly write: string;
  readonly send: string;
  readonly tooLong: (over: number) => string;
  readonly left: (left: number) => string;
  readonly sending: string;
  readonly waiting: string;
  readonly sent: string;
  readonly read: string;
  readonly failed: string;
  readonly reasons: Readonly<Record<string, string>>;
  readonly retry: string;
  readonly edit: string;
  readonly drop: string;
  readonly wait: string;
  readonly waitAway: string;
  readonly queue: (position: number) => string;
  readonly joined: (name: string) => string;
  readonly moved: string;
  readonly closed: Readonly<Record<string, string>>;
  readonly rated: (score: number, top: number) => string;
  readonly typing: (name: string) => string;
  readonly someone: string;
  readonly you: string;
  readonly system: string;
  readonly edited: string;
  readonly deleted: string;
  readonly replyTo: string;
  readonly rate: (name: string) => string;
  readonly rateHint: string;
  readonly score: (score: number, top: number) => string;
  readonly skip: string;
  readonly thanks: string;
  readonly worst: string;
  readonly best: string;
  readonly newMessages: (count: number) => string;
  readonly older: string;
  readonly connecting: string;
  readonly offline: string;
  readonly refused: Readonly<Record<string, string>>;
  readonly troubled: string;
  readonly today: string;
  readonly yesterday: string;
}

const ru: Words = {
  chat: "Чат",
  close: "Свернуть чат",
  end: "Завершить чат",
  endAsk: "Завершить чат?",
  endYes: "Завершить",
  cancel: "Отмена",
  online: "Операторы на связи",
  busy: "Все операторы заняты",
  away: "Сейчас не в сети",
  hello: "Здравствуйте!",
  helloHere: "Напишите вопрос — оператор ответит прямо здесь.",
  helloAway: "Операторов сейчас нет на месте. Напишите вопрос — ответ появится здесь.",
  elsewhere: "Продолжить в мессенджере",
  orElsewhere: "Или напишите нам в мессенджере",
  messengers: { telegram: "Telegram", vk: "ВКонтакте", viber: "Viber", messenger: "Messenger" },
  write: "Ваше сообщение",
  send: "Отправить",
  tooLong: (over) => `Лишних символов: ${over}`,
  left: (left) => `Осталось символов: ${left}`,
  sending: "Отправляем…",
  waiting: "Ждёт отправки",
  sent: "Отправлено",
  read: "Прочитано",
  failed: "Не отправлено.",
  reasons: {
    "origin-not-allowed": "На этом сайте чат не разрешён.",
    "http-413": "Сообщение слишком длинное.",
    "invalid": "Сервер не принял такой текст.",
  },
  retry: "Повторить",
  edit: "Изменить",
  drop: "Удалить",
  wait: "Пожалуйста, подождите, оператор скоро подключится.",
  waitAway: "Сообщение получено. Операторов сейчас нет на месте, ответ появится здесь.",
  queue: (position) => `Ваше место в очереди: ${position}`,
  joined: (name) => `К чату подключился оператор: ${name}`,
  moved: "Передаём чат другому специалисту",
  closed: {
    visitor: "Вы завершили чат",
    operator: "Оператор завершил чат",
    timeout: "Чат завершён: давно не было сообщений",
    system: "Чат завершён",
  },
  rated: (score, top) => `Ваша оценка: ${score} из ${top}`,
  typing: (name) => `${name} печатает`,
  someone: "Оператор",
  you: "Вы",
  system: "Сообщение",
  edited: "изменено",
  deleted: "Сообщение удалено",
  replyTo: "В ответ на",
  rate: (name) => `Оцените работу оператора: ${name}`,
  rateHint: "Это займёт секунду и поможет нам стать лучше.",
  score: (score, top) => `Оценка ${score} из ${top}`,
  skip: "Пропустить",
  thanks: "Спасибо за оценку!",
  worst: "Плохо",
  best: "Отлично",
  newMessages: (count) => `Новых сообщений: ${count}`,
  older: "Загружаем историю…",
  connecting: "Соединяемся…",
  offline: "Нет связи. Можно писать: отправим, как только она появится.",
  refused: {
    "origin-not-allowed": "На этом сайте чат не разрешён.",
    "identity-expired": "Вход на сайт устарел. Обновите страницу.",
    "identity-invalid": "Не удалось подтвердить вход на сайт.",
    "": "Чат сейчас недоступен.",
  },
  troubled: "Не получилось. Попробуйте ещё раз.",
  today: "Сегодня",
  yesterday: "Вчера",
};

const en: Words = {
  chat: "Chat",
  close: "Minimise chat",
  end: "End chat",
  endAsk: "End this chat?",
  endYes: "End chat",
  cancel: "Cancel",
  online: "We are online",
  busy: "All operators are busy",
  away: "Away at the moment",
  hello: "Hello!",
  helloHere: "Ask your question and an operator will answer right here.",
  helloAway: "Nobody is in right now. Leave your question and the answer will appear here.",
  elsewhere: "Continue in a messenger",
  orElsewhere: "Or write to us in a messenger",
  messengers: { telegram: "Telegram", vk: "VK", viber: "Viber", messenger: "Messenger" },
  write: "Your message",
  send: "Send",
  tooLong: (over) => `${over} characters too many`,
  left: (left) => `${left} characters left`,
  sending: "Sending…",
  waiting: "Waiting to send",
  sent: "Sent",
  read: "Read",
  failed: "Not sent.",
  reasons: {
    "origin-not-allowed": "Chat is not allowed on this site.",
    "http-413": "The message is too long.",
    "invalid": "The server did not accept this text.",
  },
  retry: "Try again",
  edit: "Edit",
  drop: "Delete",
  wait: "Please wait, an operator will join you shortly.",
  waitAway: "We have your message. Nobody is in right now; the answer will appear here.",
  queue: (position) => `Your place in the queue: ${position}`,
  joined: (name) => `${name} joined the chat`,
  moved: "Handing you over to a colleague",
  closed: {
    visitor: "You ended the chat",
    operator: "The operator ended the chat",
    timeout: "The chat ended after a long silence",
    system: "The chat ended",
  },
  rated: (score, top) => `Your rating: ${score} of ${top}`,
  typing: (name) => `${name} is typing`,
  someone: "Operator",
  you: "You",
  system: "Message",
  edited: "edited",
  deleted: "Message deleted",
  replyTo: "In reply to",
  rate: (name) => `How did ${name} do?`,
  rateHint: "It takes a second and helps us do better.",
  score: (score, top) => `${score} of ${top}`,
  skip: "Skip",
  thanks: "Thank you for your rating!",
  worst: "Poor",
  best: "Excellent",
  newMessages: (count) => `New messages: ${count}`,
  older: "Loading history…",
  connecting: "Connecting…",
  offline: "You are offline. Keep writing: we send it as soon as you are back.",
  refused: {
    "origin-not-allowed": "Chat is not allowed on this site.",
    "identity-expired": "Your sign-in has expired. Please reload the page.",
    "identity-invalid": "We could not confirm your sign-in.",
    "": "Chat is not available right now.",
  },
  troubled: "That did not work. Please try again.",
  today: "Today",
  yesterday: "Yesterday",
};

export function wordsOf(locale: "ru" | "en"): Words {
  return locale === "ru" ? ru : en;
}
