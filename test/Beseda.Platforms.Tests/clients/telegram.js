'use strict';
// grammY, by polling or behind a webhook: answers texts with a picture and a button, and says what it was told.
const { Bot, InlineKeyboard, InputFile, webhookCallback } = require('grammy');
const { settings, tell, serve, run } = require('./robot.js');

run(async () => {
  const bot = new Bot(settings.token, { client: { apiRoot: settings.address } });
  bot.catch(failure => tell('stumbled', { error: String(failure.error) }));

  bot.on('message:text', async context => {
    tell('text', { text: context.msg.text, from: context.from.first_name, language: context.from.language_code, id: context.msg.message_id, payload: context.match ?? null });
    await context.replyWithChatAction('typing');
    const sent = await context.reply(`Эхо: ${context.msg.text}`, { reply_markup: new InlineKeyboard().text('Да', 'yes') });
    const photo = await context.replyWithPhoto(new InputFile(Buffer.from(settings.picture, 'base64'), 'картинка.png'), { caption: 'Картинка' });
    tell('sent', { id: sent.message_id, text: sent.text, date: sent.date, width: photo.photo.at(-1).width });
  });
  bot.on('callback_query:data', async context => {
    tell('press', { data: context.callbackQuery.data });
    await context.answerCallbackQuery('Принято');
    await context.editMessageText('Нажато');
  });
  bot.on('message:photo', async context => {
    const file = await context.getFile();
    const bytes = Buffer.from(await (await fetch(`${settings.address}/file/bot${settings.token}/${file.file_path}`)).arrayBuffer());
    tell('photo', { bytes: bytes.toString('base64'), caption: context.msg.caption });
  });
  bot.on('edited_message:text', context => tell('edited', { text: context.editedMessage.text }));
  bot.on('my_chat_member', context => tell('membership', { status: context.myChatMember.new_chat_member.status }));

  await bot.init();
  tell('me', { id: bot.botInfo.id, name: bot.botInfo.first_name });
  if (settings.webhook) {
    const url = await serve(webhookCallback(bot, 'http', { secretToken: 'S-1' }));
    await bot.api.setWebhook(url, { secret_token: 'S-1' });
  } else bot.start();
});
