namespace Beseda.Server.Reports.Files;

/// <summary>What stands above the columns of a file.</summary>
internal sealed class ReportWords(bool russian)
{
    public static ReportWords Of(HttpRequest request) => new(
        (request.Query["lang"].ToString() is { Length: > 0 } asked ? asked : request.Headers.AcceptLanguage.ToString()).StartsWith("ru", StringComparison.OrdinalIgnoreCase));

    public string None => Say("none", "нет");
    public string All => Say("all", "все");
    public string Mean => Say("mean, s", "среднее, с");
    public string Median => Say("median, s", "медиана, с");
    public string P90 => Say("p90, s", "p90, с");
    public const string Count = "n";
    public string InHours => Say("in working hours", "в рабочие часы");

    public string Dimension(Counting.Grouping grouping) => grouping switch
    {
        Counting.Grouping.Time => Say("Period", "Период"),
        Counting.Grouping.Channel => Say("Channel", "Канал"),
        Counting.Grouping.Department => Say("Department", "Отдел"),
        Counting.Grouping.Operator => Say("Operator", "Оператор"),
        Counting.Grouping.Category => Say("Category", "Категория"),
        Counting.Grouping.Tag => Say("Tag", "Метка"),
        _ => "",
    };

    public string Number(string name) => name switch
    {
        "conversations" => Say("Conversations", "Диалоги"),
        "handled" => Say("Handled", "Обработано"),
        "abandoned" => Say("Abandoned", "Не дождались"),
        "unanswered" => Say("Taken, not answered", "Приняты без ответа"),
        "offHours" => Say("Outside working hours", "В нерабочее время"),
        "contained" => Say("Handled by a bot", "Решены ботом"),
        "silent" => Say("Visitor wrote nothing", "Посетитель не написал"),
        "shortAbandons" => Say("Left within 5 s", "Ушли за 5 с"),
        "missedShare" => Say("Missed, share", "Пропущено, доля"),
        "firstResponse" => Say("First response", "Первый ответ"),
        "queueWait" => Say("Wait in the queue", "Ожидание в очереди"),
        "reaction" => Say("Operator’s reaction", "Реакция оператора"),
        "response" => Say("Response", "Ответ"),
        "handling" => Say("Handling", "Обработка"),
        "duration" => Say("Duration", "Длительность"),
        "csi.mean" => Say("CSI, mean", "CSI, среднее"),
        "csi.share5" => Say("CSI, share of 5", "CSI, доля «5»"),
        "csi.share45" => Say("CSI, share of 4–5", "CSI, доля «4»–«5»"),
        "csi.n" => "CSI, n",
        "csi.asked" => Say("CSI, asked", "CSI, спросили"),
        "csi.responseRate" => Say("CSI, response rate", "CSI, доля ответивших"),
        "nps.score" => "NPS",
        "nps.low" => Say("NPS, low", "NPS, нижняя граница"),
        "nps.high" => Say("NPS, high", "NPS, верхняя граница"),
        "nps.n" => "NPS, n",
        "nps.asked" => Say("NPS, asked", "NPS, спросили"),
        "nps.responseRate" => Say("NPS, response rate", "NPS, доля ответивших"),
        _ => name,
    };

    private string Say(string english, string inRussian) => russian ? inRussian : english;
}
