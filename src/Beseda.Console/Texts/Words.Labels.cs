using Beseda.Protocol;
using Beseda.Workplace.Operators;

namespace Beseda.Workplace.Texts;

/// <summary>Of categories and tags.</summary>
public sealed partial class Words
{
    public string Category => Say("Category", "Категория");
    public string NoCategory => Say("No category", "Без категории");
    public string Tags => Say("Tags", "Метки");

    private string Sorted(ConversationLabelled labelled, Roster roster)
    {
        var all = labelled.Category is { } category ? labelled.Tags.Prepend(category) : labelled.Tags;
        return all.Any()
            ? $"{Say("Sorted as", "Отмечен как")}: {string.Join(", ", all.Select(roster.Label))}"
            : Say("Category and tags removed", "Категория и метки сняты");
    }
}
