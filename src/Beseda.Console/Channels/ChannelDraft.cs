using Beseda.Protocol;

namespace Beseda.Workplace.Channels;

/// <summary>A channel as its form has it: what was saved, with what has been typed since.</summary>
public sealed class ChannelDraft
{
    private static readonly DialogueTexts None = new();

    private readonly Dictionary<string, string> values = [];
    private readonly Dictionary<string, DialogueTexts> texts = [];
    private readonly ChannelSettings saved;

    /// <param name="fresh">Suggested for what a new channel needs.</param>
    public ChannelDraft(ChannelKind kind, ChannelSettings saved, IReadOnlyDictionary<string, string>? fresh = null)
    {
        (Kind, this.saved) = (kind, saved);
        (Name, Enabled, Department, Language) = (saved.Name, saved.Enabled, saved.Department, saved.Language);
        foreach (var field in kind.Fields)
            values[field.Name] = saved.Settings?.GetValueOrDefault(field.Name) ?? fresh?.GetValueOrDefault(field.Name)
                ?? (IsNew && field is { Required: true, Choices: [var first, ..] } ? first : "");
        foreach (var (language, own) in saved.Texts ?? new Dictionary<string, DialogueTexts>()) texts[language] = own;
    }

    public ChannelKind Kind { get; }

    public string Name { get; set; }
    public bool Enabled { get; set; }
    public long? Department { get; set; }
    public string Language { get; set; }

    public bool IsNew => saved.Id is null;

    /// <summary>Something differs from what was saved.</summary>
    public bool Changed => (Name, Enabled, Department, Language) != (saved.Name, saved.Enabled, saved.Department, saved.Language)
        || Kind.Fields.Any(one => values[one.Name] != (one.Secret ? "" : saved.Settings?.GetValueOrDefault(one.Name) ?? ""))
        || StandardTexts.Languages.Any(language => TextsOf(language) != (saved.Texts?.GetValueOrDefault(language) ?? None));

    public string this[ChannelField field]
    {
        get => values[field.Name];
        set => values[field.Name] = value;
    }

    public DialogueTexts TextsOf(string language) => texts.GetValueOrDefault(language) ?? None;

    public void Say(string language, DialogueTexts own) => texts[language] = own;

    /// <summary>What must be filled in and is not. A secret that was saved need not be; a new channel is called as the platform calls it.</summary>
    public HashSet<string> Missing()
    {
        var missing = Kind.Fields.Where(field => field.Required && (IsNew || !field.Secret) && values[field.Name].Trim().Length == 0)
            .Select(field => field.Name).ToHashSet();
        if (!IsNew && Name.Trim().Length == 0) missing.Add("name");
        return missing;
    }

    /// <summary>To be sent. Secrets nobody typed are left out, and so stay as they are.</summary>
    public ChannelSettings Settings() => new(
        Kind.Kind, Name.Trim(), Enabled, Department, Language,
        texts.Where(one => one.Value != None).ToDictionary(one => one.Key, one => one.Value),
        Typed(secret: false), Typed(secret: true));

    private Dictionary<string, string> Typed(bool secret) => Kind.Fields.Where(field => field.Secret == secret && values[field.Name].Trim().Length > 0)
        .ToDictionary(field => field.Name, field => values[field.Name].Trim());
}
