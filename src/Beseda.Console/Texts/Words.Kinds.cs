using Beseda.Protocol;

namespace Beseda.Workplace.Texts;

/// <summary>Each kind of channel, and what it asks for. What a newer server adds is shown as it names it.</summary>
public sealed partial class Words
{
    public string KindMore(string kind) => kind switch
    {
        "telegram" => Say("A bot your customers write to", "Бот, которому пишут клиенты"),
        "vk" => Say("Messages of your community", "Сообщения вашего сообщества"),
        "viber" => Say("A bot of your company", "Бот вашей компании"),
        "messenger" => Say("Messages of your Facebook page", "Сообщения страницы в Facebook"),
        "mail" => Say("Letters to a mailbox", "Письма на почтовый ящик"),
        _ => "",
    };

    public string KindName(ChannelKind kind) => kind.Kind is "vk" or "messenger" ? Channel(kind.Kind) : kind.Name;

    /// <summary>Where to get what the form asks for.</summary>
    public IReadOnlyList<string> Steps(string kind) => kind switch
    {
        "telegram" =>
        [
            Say("Open @BotFather in Telegram and send /newbot. For a bot you have: /mybots → API Token.",
                "Откройте @BotFather в Telegram и отправьте /newbot. Если бот уже есть: /mybots → API Token."),
            Say("Copy the token and paste it here. We set up the rest.", "Скопируйте токен и вставьте сюда. Остальное настроим сами."),
        ],
        "vk" =>
        [
            Say("In your community: Manage → Messages, switch them on.", "В сообществе: Управление → Сообщения, включите их."),
            Say("Manage → API usage → Access tokens: create one that may manage the community and read its messages.",
                "Управление → Работа с API → Ключи доступа: создайте ключ с правами на управление и сообщения сообщества."),
            Say("Paste the key here. We set up the rest.", "Вставьте ключ сюда. Остальное настроим сами."),
        ],
        "viber" =>
        [
            Say("Open your bot at partners.viber.com, or create one.", "Откройте своего бота на partners.viber.com или создайте нового."),
            Say("Copy its token (Edit Info) and paste it here.", "Скопируйте его токен (Edit Info) и вставьте сюда."),
        ],
        "messenger" =>
        [
            Say("At developers.facebook.com open your app → Messenger → add your page and copy its token.",
                "На developers.facebook.com откройте приложение → Messenger → добавьте страницу и скопируйте её токен."),
            Say("App settings → Basic: copy the app secret.", "Настройки приложения → Основное: скопируйте секрет приложения."),
            Say("Connect, then enter our address and the verify token under Webhooks.", "Подключите, затем укажите наш адрес и маркер подтверждения в разделе Webhooks."),
        ],
        "mail" =>
        [
            Say("Switch IMAP on in the mailbox’s settings.", "Включите IMAP в настройках почтового ящика."),
            Say("Make a password for apps: most providers do not let the usual one in.", "Создайте пароль для приложений: обычный почти нигде не подойдёт."),
        ],
        _ => [],
    };

    public string FieldLabel(string name) => name switch
    {
        "token" => Say("Token", "Токен"),
        "groupId" => Say("Community number", "Номер сообщества"),
        "confirmation" => Say("Confirmation string", "Строка подтверждения"),
        "secretKey" or "secret" => Say("Secret key", "Секретный ключ"),
        "appSecret" => Say("App secret", "Секрет приложения"),
        "verifyToken" => VerifyToken,
        "pageId" => Say("Page number", "Номер страницы"),
        "appId" => Say("App number", "Номер приложения"),
        "mode" => Say("How messages come", "Получение сообщений"),
        "humanAgent" => Say("Answer for 7 days", "Отвечать 7 дней"),
        "address" or "mailbox" => Say("Mail address", "Почтовый адрес"),
        "sender" or "from" or "fromName" => Say("Sender’s name", "Имя отправителя"),
        "login" or "user" or "username" => Say("Login", "Логин"),
        "password" => Password,
        "imapHost" or "imap" => Say("Incoming server (IMAP)", "Сервер входящих (IMAP)"),
        "imapPort" => Say("IMAP port", "Порт IMAP"),
        "smtpHost" or "smtp" => Say("Outgoing server (SMTP)", "Сервер исходящих (SMTP)"),
        "smtpPort" => Say("SMTP port", "Порт SMTP"),
        "imapSecurity" => Say("IMAP encryption", "Шифрование IMAP"),
        "smtpSecurity" => Say("SMTP encryption", "Шифрование SMTP"),
        "tls" or "security" => Say("Encryption", "Шифрование"),
        "signature" => Say("Signature", "Подпись"),
        _ => name,
    };

    public string? FieldMore(string name, string kind) => (kind, name) switch
    {
        ("telegram", "token") => Say("Like 123456789:AAF…, from @BotFather.", "Вида 123456789:AAF…, его даёт @BotFather."),
        (_, "groupId") => Say("Digits, as in vk.com/club123.", "Цифры, как в vk.com/club123."),
        (_, "confirmation") => Say("Manage → API usage → Callback API.", "Управление → Работа с API → Callback API."),
        (_, "secretKey") => Say("The same as in the platform’s Callback settings.", "Тот же, что в настройках Callback API."),
        (_, "verifyToken") => Say("Made up by us; enter the same at the platform.", "Придуман нами; укажите такой же на платформе."),
        (_, "mode") => Say("By webhook where this server can be reached from the internet, else by asking.", "Вебхук, если сервер виден из интернета; иначе опрос."),
        (_, "humanAgent") => Say("Needs Meta’s permission “Human Agent”; without it there are 24 hours.", "Нужно разрешение Meta «Human Agent»; без него есть только 24 часа."),
        (_, "password") => Say("A password for apps, not the usual one.", "Пароль для приложений, не обычный."),
        (_, "imapHost" or "imap") => Say("Like imap.example.com", "Например, imap.example.ru"),
        (_, "smtpHost" or "smtp") => Say("Like smtp.example.com", "Например, smtp.example.ru"),
        (_, "address") => Say("Customers write here, and answers come from here.", "Сюда пишут клиенты, отсюда приходят ответы."),
        (_, "login") => Say("If it is not the address.", "Если отличается от адреса."),
        (_, "imapPort") => Say("If it is not the usual one: 993, with STARTTLS 143.", "Если не обычный: 993, со STARTTLS 143."),
        (_, "smtpPort") => Say("If it is not the usual one: 465, with STARTTLS 587.", "Если не обычный: 465, со STARTTLS 587."),
        _ => null,
    };

    public string Choice(string field, string choice) => (field, choice) switch
    {
        ("mode", "webhook") => Say("Webhook: the platform tells us at once", "Вебхук: платформа сообщает сразу"),
        ("mode", "poll") => Say("Asking: we ask the platform", "Опрос: мы спрашиваем платформу"),
        ("imapSecurity" or "smtpSecurity", "tls") => "TLS",
        ("imapSecurity" or "smtpSecurity", "starttls") => "STARTTLS",
        ("imapSecurity" or "smtpSecurity", "none") => Say("None: only for a server on the same machine", "Нет: только для сервера на той же машине"),
        (_, "on") => Say("Yes", "Да"),
        (_, "off") => Say("No", "Нет"),
        (_, "none") => Say("None", "Нет"),
        _ => choice,
    };

    /// <summary>Where nothing was chosen.</summary>
    public string Unchosen(string field) => field switch
    {
        "mode" => Say("By itself", "Автоматически"),
        "humanAgent" => Choice(field, "off"),
        _ => "—",
    };

    public string TextLabel(string name) => name switch
    {
        "greeting" => Say("Greeting", "Приветствие"),
        "wait" => Say("In the queue", "В очереди"),
        "away" => Say("Nobody is there", "Никого нет на месте"),
        "joined" => Say("An operator joins", "Оператор подключился"),
        "closed" => Say("The conversation is over", "Разговор завершён"),
        "rate" => Say("Rate from 1 to 5", "Оценка от 1 до 5"),
        "recommend" => Say("Recommend from 0 to 10", "Рекомендация от 0 до 10"),
        "thanks" => Say("Thanks for a rating", "Спасибо за оценку"),
        "closeButton" => Say("Close button", "Кнопка завершения"),
        _ => name,
    };
}
