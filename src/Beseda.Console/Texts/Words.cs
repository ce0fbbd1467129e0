using Beseda.Protocol;

namespace Beseda.Workplace.Texts;

public enum Language { English, Russian }

/// <summary>Everything the console says, both languages side by side so that neither can be forgotten.</summary>
public sealed partial class Words(Language language)
{
    public static Words For(string? tag) => new(
        tag?.StartsWith("ru", StringComparison.OrdinalIgnoreCase) == true ? Language.Russian : Language.English);

    public Language Language => language;

    public string Tag => Say("en", "ru");

    public string Product => Say("Beseda", "Беседа");

    // Sign-in
    public string SignIn => Say("Sign in", "Войти");
    public string SignInTitle => Say("Operators’ console", "Рабочее место оператора");
    public string Email => Say("E-mail", "Электронная почта");
    public string Password => Say("Password", "Пароль");
    public string Account => Say("Account", "Компания");
    public string ChooseAccount => Say("Where do you work today?", "Где работаете сегодня?");
    public string SessionOver => Say("Your session is over. Please sign in again.", "Сеанс закончился, войдите снова.");
    public string WrongPassword => Say("The e-mail or the password is wrong.", "Почта или пароль не подходят.");
    public string TooManyTries => Say("Too many tries. Wait a minute and try again.", "Слишком много попыток. Подождите минуту.");
    public string Unreachable => Say("The server cannot be reached.", "Сервер недоступен.");
    public string TryAgain => Say("Try again", "Повторить");
    public string Starting => Say("Starting…", "Запускаем…");

    // Header
    public string SignOut => Say("Sign out", "Выйти");
    public string Theme => Say("Light or dark", "Светлая или тёмная");
    public string OtherLanguage => Say("Русский", "English");
    public string Keys => Say("Keyboard shortcuts", "Горячие клавиши");
    public string Menu => Say("Menu", "Меню");
    public string YourStatus => Say("Your status", "Ваш статус");
    public string Status(OperatorStatus status) => status switch
    {
        OperatorStatus.Online => Say("Online", "В сети"),
        OperatorStatus.Away => Say("Away", "Отошёл"),
        OperatorStatus.Offline => Say("Offline", "Не в сети"),
    };

    public string Disconnected => Say(
        "No connection. What you write is kept and will be sent; what you miss will be caught up.",
        "Нет связи. Написанное сохранится и уйдёт, пропущенное загрузится.");

    public string NotOnline => Say("New chats are not offered to you.", "Новые чаты вам не предлагаются.");

    public string GoOnline => Say("Go online", "Выйти в сеть");

    /// <summary>Keys as they are printed, and what they do.</summary>
    public IReadOnlyList<(string[] Keys, string What)> Shortcuts =>
    [
        (["Alt", "↓"], Say("Next chat", "Следующий чат")),
        (["Alt", "↑"], Say("Previous chat", "Предыдущий чат")),
        (["Alt", "N"], Say("Take who waits longest", "Взять того, кто ждёт дольше всех")),
        (["Alt", "A"], Say("Take or accept this chat", "Взять или принять этот чат")),
        (["Alt", "R"], Say("To the message field", "К полю сообщения")),
        (["Enter"], Say("Send", "Отправить")),
        (["Shift", "Enter"], Say("New line", "Новая строка")),
        (["Alt", "I"], Say("Note for colleagues, on and off", "Заметка для коллег: вкл. и выкл.")),
        (["Alt", "P"], Say("Hand over", "Передать")),
        (["Alt", "X"], Say("Close the chat", "Закрыть чат")),
        (["Alt", "O"], Say("About this chat", "О чате")),
        (["Alt", "S"], Say("Your status", "Ваш статус")),
        (["↑"], Say("Edit your last message", "Изменить своё последнее сообщение")),
        (["Esc"], Say("Back to the list", "К списку")),
        (["?"], Say("These keys", "Эта подсказка")),
    ];

    // Lists
    public string Chats => Say("Chats", "Чаты");
    public string Mine => Say("My chats", "Мои чаты");
    public string Waiting => Say("Waiting", "Ожидают");
    public string Others => Say("All others", "Остальные");
    public string NoChats => Say("All quiet", "Всё спокойно");
    public string NoChatsMore => Say("Nobody is waiting. A new chat appears here by itself.", "Никто не ждёт. Новый чат появится здесь сам.");
    public string NoneMine => Say("You have no chats", "У вас нет чатов");
    public string NoneWaiting => Say("Nobody is waiting", "Никто не ждёт");
    public string Visitor(VisitorCard visitor) => visitor.Name is { Length: > 0 } name
        ? name
        : $"{Say("Visitor", "Посетитель")} {visitor.Id[^Math.Min(4, visitor.Id.Length)..]}";

    public string Typing => Say("typing:", "печатает:");
    public string IsTyping => Say("is typing…", "печатает…");
    public string You => Say("You:", "Вы:");
    public string NotePrefix => Say("Note:", "Заметка:");
    public string NoWords => Say("No messages yet", "Сообщений пока нет");
    public string Take => Say("Take", "Взять");
    public string Accept => Say("Accept", "Принять");
    public string Unread(int count) => Count(count, "unread message", "unread messages", "непрочитанное", "непрочитанных", "непрочитанных");

    // Conversation
    public string PickOne => Say("Choose a chat on the left", "Выберите чат слева");
    public string PickNext => Say("or take the one who waits longest:", "или возьмите того, кто ждёт дольше всех:");
    public string TakeNext => Say("Take the next", "Взять следующего");
    public string Back => Say("Back to the list", "К списку");
    public string HandOver => Say("Hand over", "Передать");
    public string Close => Say("Close", "Закрыть");
    public string About => Say("About this chat", "О чате");
    public string Reply => Say("Reply", "Ответить");
    public string ReplyTo => Say("Message to the visitor", "Сообщение посетителю");
    public string NoteFor => Say("Note for colleagues, the visitor does not see it", "Заметка для коллег, посетитель её не увидит");
    public string Note => Say("Note", "Заметка");
    public string Message => Say("Message", "Сообщение");
    public string Send => Say("Send", "Отправить");
    public string Sending => Say("sending…", "отправляется…");
    public string Sent => Say("sent", "отправлено");
    public string Read => Say("read", "прочитано");
    public string Failed => Say("Not sent", "Не отправлено");
    public string Discard => Say("Discard", "Удалить");
    public string Deleted => Say("Message deleted", "Сообщение удалено");
    public string Edited => Say("edited", "изменено");
    public string Older => Say("Loading earlier messages…", "Загружаем более ранние…");
    public string Loading => Say("Loading…", "Загружаем…");
    public string QuoteGone => Say("an earlier message", "более раннее сообщение");
    public string NewBelow(int count) => Count(count, "new message", "new messages", "новое сообщение", "новых сообщения", "новых сообщений");
    public string ToEnd => Say("To the newest", "К последним");
    public string WaitsForYou => Say("This chat waits. Take it to answer.", "Чат ждёт. Возьмите его, чтобы ответить.");
    public string OfferedToYou => Say("This chat is offered to you.", "Этот чат предложен вам.");
    public string IsWith(string name) => Say($"This chat is with {name}. You can leave a note.", $"Чат ведёт {name}. Можно оставить заметку.");
    public string OfferedTo(string name) => Say($"Offered to {name}. You can leave a note.", $"Чат предложен: {name}. Можно оставить заметку.");
    public string IsClosed => Say("This chat is closed.", "Чат закрыт.");

    // Dialogs
    public string CloseAsk => Say("Close this chat?", "Закрыть чат?");
    public string CloseMore => Say("The visitor will be asked to rate it.", "Посетителя попросят поставить оценку.");
    public string Cancel => Say("Cancel", "Отмена");
    public string ToOperator => Say("To an operator", "Оператору");
    public string ToDepartment => Say("To a department’s queue", "В очередь отдела");
    public string Comment => Say("What should they know? Only colleagues see it.", "Что им важно знать? Увидят только коллеги.");
    public string Find => Say("Find by name", "Найти по имени");
    public string NobodyFound => Say("Nobody of that name", "Никого с таким именем");
    public string Load(int open, int limit) => Say($"{open} of {limit}", $"{open} из {limit}");

    /// <summary>A sentence for a refusal's code; null for one that is not expected here.</summary>
    public string? Refusal(string code) => code switch
    {
        "already-taken" => Say("Somebody else has this chat already.", "Этот чат уже у другого оператора."),
        "conversation-closed" => Say("This chat is closed already.", "Этот чат уже закрыт."),
        "conversation-not-found" or "not-found" => Say("This chat is not there, or not for you to see.", "Такого чата нет, или он вам не виден."),
        "not-taken" => Say("Take the chat first.", "Сначала возьмите чат."),
        "message-not-found" => Say("This message is not there any more.", "Этого сообщения больше нет."),
        "file-not-found" => Say("A file is not there any more. Attach it again.", "Одного из файлов больше нет. Приложите его снова."),
        "not-allowed" => Say("This is not allowed to you.", "Вам это не разрешено."),
        "too-many-addresses" => Say("No person writes from so many places.", "Столько адресов у одного человека не бывает."),
        "invalid" => Say("The server did not accept the text.", "Сервер не принял текст."),
        _ => null,
    };

    private string Say(string english, string russian) => language == Language.Russian ? russian : english;

    /// <summary>"3 new messages", with Russian's three forms.</summary>
    private string Count(int n, string one, string many, string ruOne, string ruFew, string ruMany) =>
        $"{n} {(language == Language.Russian ? Plural(n, ruOne, ruFew, ruMany) : n == 1 ? one : many)}";

    internal static string Plural(int n, string ruOne, string ruFew, string ruMany) => (n % 100, n % 10) switch
    {
        ( >= 11 and <= 14, _) => ruMany,
        (_, 1) => ruOne,
        (_, >= 2 and <= 4) => ruFew,
        _ => ruMany,
    };
}
