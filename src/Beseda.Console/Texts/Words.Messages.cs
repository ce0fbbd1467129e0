using System.Globalization;
using Beseda.Protocol;
using Beseda.Workplace.Conversations;

namespace Beseda.Workplace.Texts;

/// <summary>Messages, what hangs on them and what becomes of them.</summary>
public sealed partial class Words
{
    public string Photo => Say("Photo", "Фото");
    public string Video => Say("Video", "Видео");
    public string Voice => Say("Voice message", "Голосовое сообщение");
    public string Audio => Say("Audio", "Аудио");
    public string File => Say("File", "Файл");
    public string OnItsWay => Say("on its way", "на пути");
    public string Lost => Say("could not be fetched", "получить не удалось");
    public string Repeated => Say("Quoted text", "Цитата");
    public string Automatic => Say("Said automatically", "Автоматическое сообщение");
    public string Underway => Say("not yet handed to the messenger", "ещё не передано в мессенджер");
    public string Delivered => Say("delivered", "доставлено");
    public string NotDelivered => Say("Not delivered", "Не доставлено");
    public string SendAgain => Say("Send again", "Отправить ещё раз");
    public string MoreActions => Say("More", "Ещё");
    public string Copy => Say("Copy text", "Копировать текст");
    public string Copied => Say("Copied", "Скопировано");
    public string Edit => Say("Edit", "Изменить");
    public string Delete => Say("Delete", "Удалить");
    public string Save => Say("Save", "Сохранить");
    public string DeleteAsk => Say("Delete this message?", "Удалить сообщение?");
    public string DeleteMore => Say("Nobody will be able to read it, the visitor neither.", "Его больше никто не прочтёт, и посетитель тоже.");
    public string DeleteNote => Say("Your colleagues will not be able to read it.", "Коллеги больше не смогут её прочитать.");
    public string Editing => Say("Editing a message", "Изменение сообщения");

    public string Nameless => Say("No name given", "Имя не указано");

    // Attaching
    public string Attach => Say("Attach files", "Приложить файлы");
    public string DropHere => Say("Drop the files to attach them", "Отпустите файлы, чтобы приложить");
    public string Remove => Say("Remove", "Убрать");
    public string AsLink => Say("goes as a link", "уйдёт ссылкой");
    public string NotUploaded => Say("Not uploaded", "Не загружено");
    public string RemoveOrRetry => Say("One of the files is not uploaded. Try again, or remove it.", "Один из файлов не загружен. Повторите или уберите его.");
    public string SendsWhenReady => Say("Will be sent as soon as everything is uploaded", "Отправится, как только всё загрузится");
    public string TooLong(int most) => Say(
        $"Longer than {most} characters: it will go in several messages.", $"Длиннее {most} знаков: уйдёт несколькими сообщениями.");

    // What a channel does not allow
    public string HasStopped(string channel) => Say(
        $"The visitor has stopped your bot in {channel}. Nothing reaches them until they write.",
        $"Посетитель остановил бота ({channel}). Пока он не напишет сам, сообщения не дойдут.");

    public string WindowClosed(string channel, int hours) => Say(
        $"{channel} lets you answer for {hours} h after the visitor’s last message. That time is over; the message will most likely not be delivered.",
        $"{channel}: отвечать можно {hours} ч после последнего сообщения посетителя. Это время вышло, сообщение, скорее всего, не доставят.");

    public string Stopped(bool stopped) => stopped
        ? Say("The visitor stopped the bot", "Посетитель остановил бота")
        : Say("The visitor lets the bot write again", "Посетитель снова разрешил боту писать");

    public string OnTheMap => Say("Place on the map", "Место на карте");

    /// <summary>What cannot be done with a message in its channel; null: everything can.</summary>
    public string? Impossible(string channel, bool reply, bool edit, bool delete)
    {
        string[] all = [.. Of(reply, Say("quote", "цитировать")), .. Of(edit, Say("edit", "изменить")), .. Of(delete, Say("delete", "удалить"))];
        return all.Length == 0 ? null : Say($"{channel}: no way to {string.Join(", ", all)}", $"{channel}: нельзя {string.Join(", ", all)}");

        static IEnumerable<string> Of(bool not, string what) => not ? [what] : [];
    }

    /// <summary>A message in one line.</summary>
    public string Preview(string? text, IReadOnlyList<FileLink> files) => text switch
    {
        { Length: > 0 } when Links.IsPlace(text) => OnTheMap,
        { Length: > 0 } => text,
        null when files.Count == 0 => Deleted,
        _ => Preview(files),
    };

    private string Preview(IReadOnlyList<FileLink> files) => files switch
    {
        [] => File,
        [{ Name: { Length: > 0 } name } file] when KindOf(file) is FileKind.Document => Say($"Document {name}", $"Документ {name}"),
        [var file] => Name(KindOf(file)),
        _ when files.All(file => KindOf(file) is FileKind.Picture) => Say($"{files.Count} photos", $"{files.Count} фото"),
        _ => Say($"Files: {files.Count}", $"Файлов: {files.Count}"),
    };

    public string Name(FileKind kind) => kind switch
    {
        FileKind.Picture => Photo,
        FileKind.Video => Video,
        FileKind.Voice => Voice,
        FileKind.Audio => Audio,
        FileKind.Document => File,
    };

    /// <summary>Why a message was not delivered.</summary>
    public string Failure(string? reason) => reason switch
    {
        "refused" => Say("the messenger does not accept it", "мессенджер не принимает это сообщение"),
        "blocked" => Say("the visitor has stopped the bot or is gone", "посетитель остановил бота или удалил аккаунт"),
        "too-late" => Say("the time to answer is over", "время для ответа вышло"),
        "expired" => Say("the messenger did not answer for too long", "мессенджер слишком долго не отвечал"),
        "channel-off" => Say("the channel is switched off", "канал выключен"),
        _ => reason ?? "…",
    };

    /// <summary>Why a file was not uploaded.</summary>
    public string UploadFailure(string code) => code switch
    {
        "" => Say("no connection", "нет связи"),
        "too-large" or "file-too-large" => Say("too large", "слишком большой"),
        "type-not-allowed" or "unsupported-type" => Say("this kind of file is not accepted", "такие файлы не принимаются"),
        _ => Refusal(code) ?? code,
    };

    public string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} {Say("B", "Б")}",
        < 1_000_000 => $"{bytes / 1_000} {Say("kB", "КБ")}",
        _ => (bytes / 1_000_000.0).ToString("0.0", CultureInfo.InvariantCulture).Replace('.', language == Language.Russian ? ',' : '.') + Say(" MB", " МБ"),
    };

    public static bool IsPicture(string contentType) => contentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase);

    /// <summary>A voice is a sound without a name of its own: each channel calls it <c>voice</c> and something.</summary>
    public static FileKind KindOf(FileLink file) => file.ContentType.Split('/')[0].ToLowerInvariant() switch
    {
        "image" => FileKind.Picture,
        "video" => FileKind.Video,
        "audio" => file.Name is "" || file.Name.StartsWith("voice.", StringComparison.OrdinalIgnoreCase) ? FileKind.Voice : FileKind.Audio,
        _ => FileKind.Document,
    };

    private string Tongue(string code) => code switch
    {
        "ru" => Say("Russian", "русский"),
        "en" => Say("English", "английский"),
        _ => code,
    };

    /// <summary>A visitor's field in words.</summary>
    public string FieldValue(string name, string value) => name switch
    {
        "language" => Tongue(value),
        "username" when !value.StartsWith('@') => $"@{value}",
        _ => value,
    };
}
