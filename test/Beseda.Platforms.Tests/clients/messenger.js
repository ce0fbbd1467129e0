'use strict';
// messaging-api-messenger, and a webhook that checks signatures as the platform's pages tell to.
const crypto = require('node:crypto');
const { MessengerClient } = require('messaging-api-messenger');
const { settings, tell, serve, read, run } = require('./robot.js');

const client = new MessengerClient({
  accessToken: settings.token, appId: settings.app, appSecret: settings.secret, version: '25.0', origin: `${settings.address}/messenger`,
});

async function take(event) {
  const person = event.sender.id;
  if (event.postback) return tell('postback', { payload: event.postback.payload, ref: event.postback.referral?.ref ?? null });
  if (event.message?.is_echo) return tell('echo', { mid: event.message.mid, metadata: event.message.metadata ?? null });
  if (event.delivery || event.read) return tell(event.read ? 'read' : 'delivered', event.read ?? event.delivery);
  if (!event.message) return tell('other', event);
  tell('message', { text: event.message.text ?? null, mid: event.message.mid, quick: event.message.quick_reply?.payload ?? null });
  if (event.message.quick_reply) return;
  const profile = await client.getUserProfile(person, { fields: ['id', 'first_name', 'last_name', 'profile_pic'] });
  await client.typingOn(person);
  const sent = await client.sendText(person, `Эхо: ${event.message.text}`, { quickReplies: [{ contentType: 'text', title: 'Да', payload: 'YES' }] });
  const picture = await client.sendImage(person, Buffer.from(settings.picture, 'base64'), { filename: 'картинка.png' });
  await client.sendButtonTemplate(person, 'Выберите', [{ type: 'postback', title: 'Ещё', payload: 'MORE' }]);
  tell('sent', { mid: sent.messageId, to: sent.recipientId, picture: picture.messageId, name: `${profile.firstName} ${profile.lastName}` });
}

run(async () => {
  const url = await serve(async (request, response) => {
    const query = new URL(request.url, 'http://hook').searchParams;
    if (request.method === 'GET') return response.end(query.get('hub.verify_token') === 'проверка' ? query.get('hub.challenge') : '');
    const body = await read(request);
    const signature = 'sha256=' + crypto.createHmac('sha256', settings.secret).update(body).digest('hex');
    response.statusCode = request.headers['x-hub-signature-256'] === signature ? 200 : 403;
    response.end();
    if (response.statusCode === 200)
      for (const entry of JSON.parse(body).entry) for (const event of entry.messaging) await take(event);
  });
  const page = await client.getPageInfo();
  tell('me', { id: page.id, name: page.name });
  await client.createSubscription({ callbackUrl: url, verifyToken: 'проверка', fields: ['messages'] });
  await fetch(`${settings.address}/messenger/v25.0/me/subscribed_apps?access_token=${settings.token}`, {
    method: 'POST',
    body: new URLSearchParams({ subscribed_fields: 'messages,messaging_postbacks,message_deliveries,message_reads,message_echoes' }),
  });
});
