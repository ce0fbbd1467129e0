'use strict';
// viber-bot behind its own webhook: welcomes, answers texts with a keyboard, and says what it was told. Where the
// platform is cannot be set from outside, so its client is replaced by one of the same kind.
const { Bot, Events, Message } = require('viber-bot');
const Client = require('viber-bot/lib/viber-client');
const { settings, tell, serve, run } = require('./robot.js');

run(async () => {
  const bot = new Bot({ authToken: settings.token, name: 'Эхо', avatar: '' });
  const events = ['subscribed', 'unsubscribed', 'conversation_started', 'message', 'delivered', 'seen', 'failed'];
  bot._client = new Client(bot._logger, bot, `${settings.address}/viber/pa`, events);

  bot.onConversationStarted((person, subscribed, context, answer) => {
    tell('opened', { name: person.name, subscribed, context });
    answer(new Message.Text('Добро пожаловать'));
  });
  bot.on(Events.MESSAGE_RECEIVED, async (message, response) => {
    tell('message', { kind: message.constructor.name, text: message.text ?? null, url: message.url ?? null, token: message.token, name: response.userProfile.name, language: response.userProfile.language });
    if (message.text !== 'раз') return;
    const keyboard = { Type: 'keyboard', Buttons: [{ Columns: 6, Rows: 1, ActionType: 'reply', ActionBody: 'yes', Text: 'Да' }] };
    const [token] = await response.send(new Message.Text('Эхо: раз', keyboard));
    await response.send(new Message.Picture(settings.pictureUrl, 'Картинка'));
    tell('sent', { token: String(token) });
  });
  bot.on('delivered', receipt => tell('delivered', { token: String(receipt.message_token) }));
  bot.on('seen', receipt => tell('seen', { token: String(receipt.message_token) }));
  bot.onUnsubscribe(id => tell('unsubscribed', { id }));
  bot.onError(error => tell('error', { error: String(error?.desc ?? error) }));

  const profile = await bot.getBotProfile();
  tell('me', { id: profile.id, name: profile.name });
  await bot.setWebhook(await serve(bot.middleware()));
});
