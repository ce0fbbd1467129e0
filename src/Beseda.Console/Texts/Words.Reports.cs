using System.Globalization;

namespace Beseda.Workplace.Texts;

/// <summary>Of the report pages.</summary>
public sealed partial class Words
{
    // Everywhere the same.
    public const string Csi = "CSI", Nps = "NPS";

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] Месяцы = ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];

    public string Reports => Say("Reports", "Отчёты");
    public string Period => Say("Period", "Период");
    public string From => Say("From", "С");
    public string Until => Say("To", "По");
    public string AllOf => Say("all", "все");
    public string Filters => Say("Filters", "Фильтры");
    public string ClearFilters => Say("Clear", "Сбросить");
    public string NothingThen => Say("Nothing happened in this period", "За этот период ничего не было");
    public string NothingThenMore => Say("Choose a longer one, or fewer filters.", "Выберите период длиннее или снимите фильтры.");
    public string Table => Say("As a table", "Таблицей");
    public string Day => Say("Period", "Период");
    public string InHours => Say("In working hours", "В рабочие часы");
    public string Unchanged => Say("as before", "без изменений");
    public string Dialogues => Say("Conversations", "Диалоги");
    public string BehindTitle => Say("Conversations behind this number", "Диалоги за этим числом");
    public string ShowMore => Say("Show more", "Показать ещё");
    public string Median => Say("median", "медиана");
    public string Mean => Say("mean", "среднее");
    public string RestOf => Say("Other", "Прочее");
    public string PointsOf => Say("pp", "п.п.");
    public string Before => Say("before", "ранее");

    public string Now => Say("Now", "Сейчас");
    public string WaitingNow => Say("Waiting", "Ждут");
    public string LongestWait => Say("Longest wait", "Дольше всех");
    public string RunningNow => Say("In conversation", "Общаются");
    public string OnlineNow => Say("Operators online", "Операторов в сети");
    public string WaitingLongest => Say("Waiting longest", "Ждут дольше всех");
    public string NobodyOnline => Say("No operator is online", "В сети никого из операторов");
    public string AtLimit(int count) => Say($"{count} at their limit", $"на пределе: {count}");
    public string ServiceLevel => Say("Service level", "Уровень сервиса");
    public string OperatorsTitle => Say("Operators", "Операторы");
    public string Satisfaction => Say("Satisfaction", "Удовлетворённость");
    public string QueueTitle => Say("Queue", "Очередь");
    public string Categories => Say("Categories", "Категории");
    public string Response => Say("Response", "Ответ");
    public string Duration => Say("Duration", "Длительность");
    public string Rated => Say("Ratings", "Оценки");
    public string Shares => Say("Shares", "Доли");
    public string ByHour => Say("By hour of the week", "По часам недели");
    public string MissedHow => Say("What was missed, and how it was closed", "Что пропущено и как закрыто");

    // Overview
    public string Overview => Say("Overview", "Обзор");
    public string FirstResponse => Say("First response", "Первый ответ");
    public string QueueWait => Say("Wait in the queue", "Ожидание в очереди");
    public string Reaction => Say("Operator’s reaction", "Реакция оператора");
    public string Handling => Say("Handling", "Обработка");
    public string Missed => Say("Missed", "Пропущено");
    public string Fives => Say("Rated 5", "Оценок «5»");
    public string ByChannel => Say("By channel", "По каналам");
    public string ByOutcome => Say("How conversations ended", "Чем закончились диалоги");
    public string Answered => Say("Response rate", "Доля ответивших");

    public string Outcome(string outcome) => outcome switch
    {
        "handled" => Say("Handled", "Обработан"),
        "abandoned" => Say("Abandoned while waiting", "Не дождался"),
        "unanswered" => Say("Taken, not answered", "Принят без ответа"),
        "offHours" => Say("Outside working hours", "В нерабочее время"),
        "contained" => Say("Handled by a bot", "Решён ботом"),
        "silent" => Say("Visitor wrote nothing", "Посетитель не написал"),
        "shortAbandons" => Say("Left within 5 seconds", "Ушёл за 5 секунд"),
        _ => outcome,
    };

    /// <param name="day">0: Monday.</param>
    public string Weekday(int day) => Say(
        day switch { 0 => "Mon", 1 => "Tue", 2 => "Wed", 3 => "Thu", 4 => "Fri", 5 => "Sat", _ => "Sun" },
        day switch { 0 => "Пн", 1 => "Вт", 2 => "Ср", 3 => "Чт", 4 => "Пт", 5 => "Сб", _ => "Вс" });

    public string ClosedHow(string by, string why) => (by, why) switch
    {
        (_, "merged") => Say("went on in another chat", "продолжен в другом чате"),
        ("visitor", _) => Say("closed by the visitor", "закрыл посетитель"),
        ("operator", _) => Say("closed by an operator", "закрыл оператор"),
        ("timeout", _) => Say("closed after silence", "закрыт после молчания"),
        _ => by,
    };

    public string SaveAs(string format) => Say($"Save as {format}", $"Сохранить как {format}");

    public string LastDays(int days) => days switch
    {
        1 => Say("Today", "Сегодня"),
        365 => Say("Year", "Год"),
        _ => Say($"{days} days", $"{days} дней"),
    };

    public string FilterBy(string name) => name switch
    {
        "channel" => Say("Channel", "Канал"),
        "department" => Say("Department", "Отдел"),
        "operator" => Say("Operator", "Оператор"),
        "category" => Category,
        "tag" => Say("Tag", "Метка"),
        "language" => Say("Language", "Язык"),
        "location" => Say("Where from", "Откуда"),
        _ => name,
    };

    /// <summary>How a number comes about, as its definition says.</summary>
    public string Formula(string number) => number switch
    {
        "conversations" => Say("Conversations that started in the period.", "Диалоги, начатые за период."),
        "firstResponse" => Say(
            "From entering the queue for the first time to the first public message of a person. Bots and greetings do not count. Whole seconds, rounded down; median and p90 by nearest rank.",
            "От первого попадания в очередь до первого открытого сообщения человека. Боты и приветствия не в счёт. Целые секунды с округлением вниз; медиана и p90 — ближайший ранг."),
        "missed" => Say(
            "(abandoned + taken without an answer) ÷ (handled + abandoned + taken without an answer). Who left within 5 seconds is not counted.",
            "(не дождались + приняты без ответа) ÷ (обработаны + не дождались + приняты без ответа). Ушедшие за 5 секунд не в счёт."),
        "csi" => Say("Mean of the ratings from 1 to 5 given in the period.", "Среднее оценок от 1 до 5, поставленных за период."),
        "fives" => Say("Ratings of 5 ÷ all ratings from 1 to 5 given in the period.", "Оценки «5» ÷ все оценки от 1 до 5 за период."),
        "queueWait" => Say(
            "From each entry into a queue to the acceptance by an operator. An offer that lapses ends no wait.",
            "От каждого попадания в очередь до принятия оператором. Непринятое предложение ожидания не прерывает."),
        "reaction" => Say("From accepting a conversation to that operator’s first public message in it.", "От принятия диалога до первого открытого сообщения этого оператора."),
        "response" => Say(
            "From each message of a visitor that opens a wait to the next message of a person.", "От каждого сообщения посетителя, с которого начинается ожидание, до следующего сообщения человека."),
        "handling" => Say(
            "Of each operator of each closed conversation: the gaps between messages while it is theirs, each counted up to 4 minutes waiting for the visitor and 10 waiting for the operator, unless the account says otherwise.",
            "По каждому оператору закрытого диалога: промежутки между сообщениями, пока диалог у него; каждый не более 4 минут ожидания посетителя и 10 минут ожидания оператора, если в настройках не указано иное."),
        "answered" => Say("Of the questions asked in the period, the share that has been answered.", "Доля вопросов, заданных за период, на которые ответили."),
        "nps" => Say(
            "Percentage of 9–10 minus percentage of 0–6 of all answers from 0 to 10; the range holds the score of all customers with 95 %.",
            "Процент оценок 9–10 минус процент оценок 0–6 среди ответов от 0 до 10; в интервале с вероятностью 95 % лежит NPS всех клиентов."),
        _ => "",
    };

    public string Number(long number)
    {
        var digits = Math.Abs(number).ToString(CultureInfo.InvariantCulture);
        for (var at = digits.Length - 3; at > 0; at -= 3)
            digits = digits.Insert(at, language == Language.Russian ? "\u00a0" : ",");
        return number < 0 ? $"−{digits}" : digits;
    }

    /// <summary>Rounded to so many places, as people of this language write it.</summary>
    public string Number(double number, int places)
    {
        var text = Math.Round(Math.Abs(number), places, MidpointRounding.AwayFromZero).ToString($"F{places}", CultureInfo.InvariantCulture);
        var (whole, part) = text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? (text[..dot], text[(dot + 1)..]) : (text, "");
        var shown = Number(long.Parse(whole, CultureInfo.InvariantCulture)) + (part.Length > 0 ? (language == Language.Russian ? "," : ".") + part : "");
        return number < 0 && shown.Any(digit => digit is >= '1' and <= '9') ? $"−{shown}" : shown;
    }

    /// <param name="share">From 0 to 1.</param>
    public string Percent(double? share) => share is { } known ? $"{Number(known * 100, 1)}\u00a0%" : "—";

    /// <summary>Two units at most: 42 s, 1 min 42 s, 2 h 5 min, 3 d 4 h.</summary>
    public string Span(long? seconds) => seconds switch
    {
        null => "—",
        < 60 => $"{seconds}\u00a0{Say("s", "с")}",
        < 3_600 => Two(seconds.Value / 60, Say("min", "мин"), seconds.Value % 60, Say("s", "с")),
        < 86_400 => Two(seconds.Value / 3_600, Say("h", "ч"), seconds.Value / 60 % 60, Say("min", "мин")),
        _ => Two(seconds.Value / 86_400, Say("d", "д"), seconds.Value / 3_600 % 24, Say("h", "ч")),
    };

    /// <param name="from">As the buckets of a report name their beginnings: hours, days, weeks or months.</param>
    public IReadOnlyList<string> Buckets(IReadOnlyList<string> from) =>
        from.Count > 1 && from.All(one => one.EndsWith("-01", StringComparison.Ordinal))
            ? [.. from.Select(Month)]
            : [.. from.Select(Bucket)];

    private string Month(string from) => int.TryParse(from.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12
        ? $"{Say(Months[month - 1], month == 5 ? "май" : Месяцы[month - 1])} {from[..4]}"
        : from;

    private string Bucket(string from)
    {
        if (from.Length < 10 || !int.TryParse(from.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var month) || month is < 1 or > 12)
            return from;
        var day = from[8..10].TrimStart('0');
        return from.Length > 10 ? from[11..16] : Say($"{day} {Months[month - 1]}", $"{day} {Месяцы[month - 1]}");
    }

    private static string Two(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? $"{large}\u00a0{largeUnit}" : $"{large}\u00a0{largeUnit} {small}\u00a0{smallUnit}";
}
