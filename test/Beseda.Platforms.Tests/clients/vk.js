'use strict';
// vk-io, by long poll or behind a callback server: answers texts with a picture and a button, and says what it was told.
const http = require('node:http');
const { VK, Keyboard } = require('vk-io');
const { settings, tell, serve, run } = require('./robot.js');

function listen(vk) {
  vk.updates.on('message_new', async context => {
    tell('text', {
      text: context.text ?? null, from: context.senderId, conversation: context.conversationMessageId,
      payload: context.messagePayload ?? null, photo: context.getAttachments('photo')[0]?.largeSizeUrl ?? null,
    });
    if (context.messagePayload) return;
    await context.setActivity();
    const photo = await vk.upload.messagePhoto({ peer_id: context.peerId, source: { value: Buffer.from(settings.picture, 'base64'), filename: 'картинка.png' } });
    const sent = await context.send(`Эхо: ${context.text}`, {
      attachment: photo,
      keyboard: Keyboard.builder().textButton({ label: 'Да', payload: { yes: 1 } }).callbackButton({ label: 'Нет', payload: { no: 1 } }).inline(),
    });
    tell('sent', { id: sent.id, conversation: sent.conversationMessageId });
  });
  vk.updates.on('message_event', async context => {
    tell('press', { payload: context.eventPayload });
    await context.answer({ type: 'show_snackbar', text: 'Принято' });
  });
  vk.updates.on('message_reply', context => tell('reply', { text: context.text, outbox: context.isOutbox }));
  vk.updates.on(['message_allow', 'message_deny'], context => tell('permission', { allowed: context.isSubscribed }));
}

run(async () => {
  // Its own agent speaks https only.
  const options = { agent: new http.Agent({ keepAlive: true }), token: settings.token, apiBaseUrl: `${settings.address}/vk/method`, pollingGroupId: settings.group, apiLimit: 20 };
  const asking = new VK(options);
  const { groups: [group] } = await asking.api.groups.getById({});
  tell('me', { id: group.id, name: group.name });
  if (!settings.webhook) {
    listen(asking);
    return asking.updates.startPolling();
  }
  const { code } = await asking.api.groups.getCallbackConfirmationCode({ group_id: settings.group });
  const vk = new VK({ ...options, webhookSecret: 'тайна', webhookConfirmation: code });
  listen(vk);
  const url = await serve(vk.updates.getWebhookCallback('/hook'));
  const { server_id } = await vk.api.groups.addCallbackServer({ group_id: settings.group, url: `${url}/hook`, title: 'vk-io', secret_key: 'тайна' });
  await vk.api.groups.setCallbackSettings({ group_id: settings.group, server_id, api_version: '5.199', message_new: 1, message_event: 1, message_reply: 1, message_allow: 1, message_deny: 1 });
});
