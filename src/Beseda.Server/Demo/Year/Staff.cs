using Beseda.Domain.Departments;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;

namespace Beseda.Server.Demo.Year;

/// <summary>The invented provider's contact centre: who works there, when, and what customers come for.</summary>
internal static class Staff
{
    public const int Operators = 60;

    private static readonly string[] Names =
    [
        "Анна", "Николай", "Мария", "Дмитрий", "Екатерина", "Сергей", "Ирина", "Алексей", "Наталья", "Павел", "Елена", "Андрей", "Татьяна", "Михаил", "Юлия",
        "Иван", "Светлана", "Артём", "Оксана", "Максим",
    ];

    private static readonly string[] Surnames = ["Ким", "Лебедь", "Мороз", "Седых", "Черных", "Гончар", "Савченко", "Коваль", "Долгих", "Шевчук"];

    public static readonly (string Name, Department Department, double Share)[] Departments =
    [
        ("Поддержка", Of("Поддержка", 3), 0.55),
        ("Оплата и договоры", Of("Оплата и договоры", 5), 0.3),
        ("Продажи", Of("Продажи", 5), 0.15),
    ];

    /// <summary>Category, its department's place above, share within the department.</summary>
    public static readonly (string Name, int Department, double Share)[] Categories =
    [
        ("Нет интернета", 0, 0.34), ("Низкая скорость", 0, 0.24), ("Настройка роутера", 0, 0.2), ("ТВ", 0, 0.12), ("Авария на линии", 0, 0.1),
        ("Баланс и списания", 1, 0.4), ("Обещанный платёж", 1, 0.22), ("Смена тарифа", 1, 0.2), ("Договор и документы", 1, 0.18),
        ("Новое подключение", 2, 0.62), ("Акции", 2, 0.24), ("Переезд", 2, 0.14),
    ];

    public static readonly string[] Tags = ["Повторное обращение", "Жалоба", "Благодарность", "Выезд мастера"];

    public static string NameOf(int person) => $"{Names[person % Names.Length]} {Surnames[(person + person / Names.Length * 3) % Surnames.Length]}";

    /// <summary>The first twenty and every third help in support; the others in one of the rest.</summary>
    public static int DepartmentOf(int person) => person % 20 < 11 ? 0 : person % 20 < 17 ? 1 : 2;

    /// <summary>Twelve hours, beginning in the morning or in the evening; few work at night.</summary>
    public static bool WorksOn(int person, int day, bool night) => person % 6 == 0 ? night && (day + person / 6) % 2 == 0 : !night && (day + person / 3) % 2 == 0;

    public static IEnumerable<Command> Opening()
    {
        foreach (var (_, department, _) in Departments)
            yield return new ChangeDepartment(null, department);
        foreach (var (name, _, _) in Categories)
            yield return new ChangeLabel(null, new Label(default, LabelKind.Category, name, true));
        foreach (var name in Tags)
            yield return new ChangeLabel(null, new Label(default, LabelKind.Tag, name, true));
    }

    public static OperatorChanged Hired(int person, long user, OperatorProfile profile, IReadOnlyList<DepartmentId> departments) =>
        new(default, user, Role.Operator, 4, [departments[DepartmentOf(person)]], true, profile);

    private static Department Of(string name, int graceMinutes) => new(
        default, name, Routed.Hand, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(graceMinutes), TimeSpan.FromHours(1))
    {
        Hours = name == "Поддержка" ? null : new Domain.Hours.WorkingHours(
            "Europe/Moscow", [.. Enum.GetValues<DayOfWeek>().Select(day => new Domain.Hours.Shift(day, new Domain.Hours.Opening(new TimeOnly(8, 0), new TimeOnly(22, 0))))],
            [new Domain.Hours.SpecialDay(new DateOnly(2026, 1, 1), []), new Domain.Hours.SpecialDay(new DateOnly(2027, 1, 1), [])]),
    };
}
