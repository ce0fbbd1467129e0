using Beseda.Protocol;

namespace Beseda.Workplace.Texts;

/// <summary>The page on which channels are connected and looked after.</summary>
public sealed partial class Words
{
    public string Channels => Say("Channels", "Каналы");
    public string ToChats => Say("To the chats", "К чатам");
    public string Connect => Say("Connect a channel", "Подключить канал");
    public string ConnectIt => Say("Connect", "Подключить");
    public string Connecting => Say("Connecting…", "Подключаем…");
    public string Saving => Say("Saving…", "Сохраняем…");
    public string Saved => Say("Saved", "Сохранено");
    public string NoChannels => Say("No messengers yet", "Мессенджеров пока нет");
    public string NoChannelsMore => Say(
        "Customers write from your website. Connect a messenger or a mailbox, and they come to the same queue.",
        "Клиенты пишут с сайта. Подключите мессенджер или почту, и они придут в ту же очередь.");
    public string ChooseKind => Say("Where do your customers write?", "Откуда вам пишут клиенты?");
    public string ChooseOne => Say("Choose a channel on the left", "Выберите канал слева");
    public string BackToKinds => Say("Another kind", "Другой канал");
    public string HowTo => Say("How to get it", "Где это взять");
    public string ChannelName => Say("Name", "Название");
    public string ChannelNameMore(string kind) => kind == "mail"
        ? Say("Letters come from this name.", "От этого имени приходят письма.")
        : Say("Only operators see it.", "Видят только операторы.");
    public string ToWhom => Say("Department", "Отдел");
    public string DefaultDepartment => Say("The default one", "Основной");
    public string TextsLanguage => Say("Language of the texts", "Язык текстов");
    public string TextsLanguageMore => Say("For visitors whose own language has none.", "Для тех, на чьём языке текстов нет.");
    public string InRussian => Say("In Russian", "По-русски");
    public string InEnglish => Say("In English", "По-английски");
    public string Access => Say("Access", "Доступ");
    public string Conversations => Say("Conversations", "Разговоры");
    public string Texts => Say("What the channel says by itself", "Что канал говорит сам");
    public string TextsMore => Say(
        "Left empty, the standard text in grey is said. {operator} and {company} stand for names.",
        "Пустое поле: скажет стандартный текст, он показан серым. {operator} и {company} заменятся именами.");
    public string SaysNothing => Say("Nothing is said.", "Ничего не говорится.");
    public string Silent => Say("say nothing", "не говорить");
    public string KeepSecret => Say("Saved. Leave empty to keep it.", "Сохранён. Оставьте пустым, чтобы не менять.");
    public string Optional => Say("optional", "необязательно");
    public string Required => Say("This is needed.", "Это нужно заполнить.");
    public string Enabled => Say("On", "Включён");
    public string EnabledMore => Say("Switched off, it takes nothing and sends nothing.", "Выключенный канал ничего не принимает и не отправляет.");
    public string Door => Say("Address for the platform", "Адрес для платформы");
    public string DoorMore => Say(
        "The platform sends here what visitors write. Where we could not tell it this address ourselves, enter it in its settings.",
        "Сюда платформа передаёт сообщения. Если мы не смогли сообщить ей адрес сами, укажите его в её настройках.");
    public string VerifyToken => Say("Verify token", "Маркер подтверждения");
    public string VerifyTokenMore => Say(
        "The platform's settings ask for it beside the address, to be sure that both are yours.",
        "Настройки платформы спрашивают его вместе с адресом, чтобы убедиться, что оба ваши.");
    public string LinkForVisitors => Say("Link for visitors", "Ссылка для посетителей");
    public string LinkMore => Say("Put it on your site, in letters, on a poster.", "Поместите её на сайт, в письма, на плакат.");
    public string CopyIt => Say("Copy", "Копировать");
    public string OpenIt => Say("Open", "Открыть");
    public string CheckNow => Say("Check now", "Проверить сейчас");
    public string Checking => Say("Checking…", "Проверяем…");
    public string SendTest => Say("Send a test message", "Отправить тестовое сообщение");
    public string SendTestMore => Say("Goes to whoever wrote last. Write to the channel yourself first.", "Придёт тому, кто писал последним. Сначала напишите в канал сами.");
    public string TestText => Say("A test message from Beseda", "Тестовое сообщение из Беседы");
    public string Disconnect => Say("Disconnect the channel", "Отключить канал");
    public string DisconnectAsk(string name) => Say($"Disconnect “{name}”?", $"Отключить «{name}»?");
    public string DisconnectMore => Say(
        "Conversations stay. What operators answer there will reach nobody. To pause it, switch it off instead.",
        "Разговоры останутся, но ответы в них ни до кого не дойдут. Чтобы приостановить канал, его лучше выключить.");
    public string Ready => Say("The channel is connected", "Канал подключён");
    public string ReadyMore => Say("Write to it yourself: the conversation appears in the queue.", "Напишите в него сами: разговор появится в очереди.");
    public string LastUpdate => Say("Last event", "Последнее событие");
    public string NoUpdate => Say("no events yet", "событий пока не было");
    public string WaitingToSend => Say("Conversations with unsent messages", "Разговоров с неотправленным");
    public string LookedAtLater => Say("Events not looked at yet", "Событий в очереди");
    public string NotUnderstood => Say("Not understood", "Не понято");
    public string NotUnderstoodMore => Say("Kept as they came, for a later release.", "Сохранены как есть, для следующей версии.");
    public string ReadAgain => Say("Read again", "Разобрать заново");
    public string LookAtThem => Say("Look at them", "Посмотреть");
    public string FailingSince => Say("Nothing gets through since", "Ничего не проходит с");
    public string LastError => Say("Last error", "Последняя ошибка");
    public string NotChecked => Say("not checked yet", "ещё не проверялся");
    public string Unsaved => Say("not saved", "не сохранено");
    public string Settings => Say("Settings", "Настройки");
    public string OnlyAdministrators => Say("Only administrators see this page.", "Эта страница доступна администраторам.");

    public string TestSent => Say("Sent to whoever wrote last", "Отправлено тому, кто писал последним");
    public string QrCode => Say("QR code", "QR-код");
    public string QrMore => Say("For posters, leaflets and parcels: it opens the chat.", "Для плакатов, листовок и посылок: открывает чат.");
    public string Done => Say("Done", "Готово");
    public string NamedThere => Say("as it is called there", "как на платформе");

    public string QrOf(string link) => Say($"QR code of {link}", $"QR-код: {link}");

    /// <param name="code">As the platform puts it.</param>
    public string TokenWrong(string code) => Say($"Is it copied whole? ({code})", $"Скопирован ли он целиком? ({code})");

    public string WaitingCount(long n) => Say($"{n} waiting", $"ждут {n}");

    public string NotUnderstoodCount(long n) => Say($"{n} not understood", $"не понято {n}");

    public string State(ChannelState state) => state switch
    {
        ChannelState.Ok => Say("works", "работает"),
        ChannelState.Failing => Say("does not answer", "не отвечает"),
        ChannelState.TokenRefused => Say("token refused", "токен отклонён"),
        ChannelState.NotSubscribed => Say("hears nothing", "ничего не слышит"),
        ChannelState.Off => Say("off", "выключен"),
    };

    /// <summary>What to do about it; null where there is nothing to do.</summary>
    public string? Advice(ChannelState state) => state switch
    {
        ChannelState.Failing => Say("The platform does not answer. What waits is sent as soon as it does.", "Платформа не отвечает. Что накопилось, уйдёт, как только она ответит."),
        ChannelState.TokenRefused => Say("The platform does not accept the token. Make a new one there and enter it below.", "Платформа не принимает токен. Выпустите там новый и введите ниже."),
        ChannelState.NotSubscribed => Say(
            "The platform does not tell us what visitors write. Enter the address below in its settings, then check again.",
            "Платформа не передаёт нам сообщения. Укажите адрес ниже в её настройках и проверьте снова."),
        _ => null,
    };

    public string? ChannelRefusal(string code) => code switch
    {
        "channel-not-found" => Say("This channel is not there any more.", "Этого канала больше нет."),
        "nobody-wrote" or "visitor-not-found" => Say("Nobody has written to this channel yet. Write to it yourself first.", "В этот канал ещё никто не писал. Напишите в него сами."),
        "token-refused" => Say("The platform does not accept the token.", "Платформа не принимает токен."),
        "invalid" => Say("Please look at the fields marked below.", "Проверьте отмеченные поля."),
        _ => Refusal(code),
    };
}
