using Beseda.Workplace.Operators;
using Beseda.Protocol;

namespace Beseda.Workplace.Texts;

/// <summary>What happened, in one line each, and why an operator was chosen.</summary>
public sealed partial class Words
{
    /// <summary>An event as a line of the timeline; null for one that deserves none.</summary>
    public string? Line(Entry entry, Roster roster) => entry switch
    {
        ConversationStarted started => $"{Say("New chat", "Новый чат")} · {Channel(started.Channel)}{Tail(started.Location)}",
        ConversationQueued queued => Queued(queued, roster.Department(queued.Department)),
        ConversationAssigned { Until: not null } assigned =>
            Say($"Offered to {roster.Name(assigned.Operator)}", $"Предложен: {roster.Name(assigned.Operator)}"),
        ConversationAccepted accepted => Say($"{accepted.Operator.Name} joined", $"{accepted.Operator.Name} подключается к чату"),
        ConversationTransferred moved => $"{Say("Handed over", "Передан")}: {Where(moved.From, roster)} → {Where(moved.To, roster)}",
        ConversationClosed closed => Closed(closed),
        ConversationMoved => Say("The visitor signed in", "Посетитель вошёл в личный кабинет"),
        ConversationMerged => Say("The visitor signed in and goes on in another chat", "Посетитель вошёл и продолжает в другом чате"),
        ConversationLabelled labelled => Sorted(labelled, roster),
        RatingAsked asked => Say(
            $"The visitor is asked to rate {roster.Name(asked.Operator)}", $"Просим оценить: {roster.Name(asked.Operator)}"),
        ConversationRated rated => $"{Say("Rated", "Оценка")}: {Say($"{rated.Score} of {rated.Scale}", $"{rated.Score} из {rated.Scale}")}{Tail(rated.Note)}",
        VisitorIdentified { Fields: var fields } => $"{Say("Known as", "Это")} {fields.GetValueOrDefault("name") ?? "…"}",
        VisitorStopped stopped => Stopped(stopped.Stopped),
        _ => null,
    };

    public string Channel(string channel) => channel switch
    {
        "site" => Say("website", "сайт"),
        "app" => Say("app", "приложение"),
        "vk" => Say("VK", "ВКонтакте"),
        "mail" => Say("e-mail", "почта"),
        _ => channel.Length == 0 ? "" : char.ToUpperInvariant(channel[0]) + channel[1..],
    };

    /// <summary>Where it begins a line.</summary>
    public string ChannelTitle(string channel) => Channel(channel) is { Length: > 0 } name ? char.ToUpperInvariant(name[0]) + name[1..] : "—";

    public string State(ConversationStatus status) => status switch
    {
        ConversationStatus.Queued => Say("waiting", "ждёт"),
        ConversationStatus.Assigned => Say("offered", "предложен"),
        ConversationStatus.Active => Say("running", "идёт"),
        ConversationStatus.Closed => Say("closed", "закрыт"),
    };

    // Facts
    public string FactVisitor => Say("Visitor", "Посетитель");
    public string FactChat => Say("Chat", "Чат");
    public string FactNumber => Say("Number", "Номер");
    public string FactState => Say("State", "Состояние");
    public string FactDepartment => Say("Department", "Отдел");
    public string FactChannel => Say("Channel", "Канал");
    public string FactLocation => Say("Where from", "Откуда");
    public string FactOperator => Say("Operator", "Оператор");
    public string FactStarted => Say("Started", "Начат");
    public string FactAccepted => Say("Accepted", "Принят");
    public string FactRating => Say("Rating", "Оценка");
    public string FactId => Say("Identifier", "Идентификатор");
    public string Anonymous => Say("Not signed in on the site", "На сайте не представился");
    public string WhyTitle => Say("Why this operator", "Почему этот оператор");
    public string Considered => Say("Considered", "Рассмотрены");
    public string PassedOver => Say("Passed over", "Не рассмотрены");
    public string IdleSince(string time) => Say($"free since {time}", $"свободен с {time}");

    public string Field(string name) => name switch
    {
        "name" => Say("Name", "Имя"),
        "email" => Say("E-mail", "Почта"),
        "phone" => Say("Phone", "Телефон"),
        "username" => Say("Username", "Ник"),
        "language" => Say("Language", "Язык"),
        _ => name,
    };

    public string Rule(string rule) => rule switch
    {
        "last-operator" => Say("The visitor’s last operator", "Прошлый оператор этого посетителя"),
        "only-one" => Say("The only one who could", "Единственный, кто мог"),
        "fewest-open" => Say("Fewest open chats", "Меньше всего открытых чатов"),
        "longest-idle" => Say("Free for longest among equals", "Среди равных свободен дольше всех"),
        "hand" => Say("Took it by hand", "Взят из очереди вручную"),
        "transfer" => Say("A colleague handed it over", "Передан коллегой"),
        _ => rule,
    };

    public string Hindrance(string reason) => reason switch
    {
        "offline" => Say("offline", "не в сети"),
        "away" => Say("away", "отошёл"),
        "unreachable" => Say("connection lost", "нет связи"),
        "at-limit" => Say("at the limit", "предел чатов"),
        "missed-offer" => Say("let the offer lapse", "не принял предложение"),
        "not-chosen" => Say("could have, another came first", "мог, но выбран другой"),
        _ => reason,
    };

    public string More(int count, string reason) => Say($"{count} more: {Hindrance(reason)}", $"и ещё {count}: {Hindrance(reason)}");

    private string Queued(ConversationQueued queued, string department) => queued.Reason switch
    {
        "accept-timeout" => Say("Not accepted in time, back in the queue", "Не принят вовремя, возвращён в очередь"),
        "operator-lost" => Say("The operator’s connection is lost, back in the queue", "Связь с оператором потеряна, возвращён в очередь"),
        "operator-offline" => Say("The operator left, back in the queue", "Оператор вышел, возвращён в очередь"),
        _ => $"{Say("In the queue", "В очереди")}: {department}{Place(queued.Position)}",
    };

    private string Closed(ConversationClosed closed) => closed.By switch
    {
        ClosedBy.Visitor => Say("Closed by the visitor", "Закрыт посетителем"),
        ClosedBy.Operator => Say("Closed by the operator", "Закрыт оператором"),
        ClosedBy.Timeout => Say("Closed: nobody has written for long", "Закрыт: давно никто не писал"),
        ClosedBy.System => Say("Closed by the system", "Закрыт системой"),
    };

    private string Place(int position) => position > 0 ? Say($", place {position}", $", место {position}") : "";

    private static string Where(Place place, Roster roster) =>
        place.Operator is { } person ? roster.Name(person) : place.Department is { } department ? roster.Department(department) : "…";

    private static string Tail(string? text) => text is { Length: > 0 } ? $" · {text}" : "";
}
