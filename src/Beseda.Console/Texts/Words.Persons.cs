namespace Beseda.Workplace.Texts;

/// <summary>Of one person's addresses.</summary>
public sealed partial class Words
{
    public string Addresses => Say("Also writes from", "Откуда пишет");
    public string OtherChats => Say("Other chats", "Другие чаты");
    public string Alike => Say("Perhaps the same person", "Возможно, это он же");
    public string Merge => Say("Merge", "Объединить");
    public string MergeWith => Say("Merge with another chat…", "Объединить с другим чатом…");
    public string MergeTitle => Say("The same person writes there", "Там пишет тот же человек");
    public string MergeMore => Say(
        "You will see both histories together. Each chat is answered where it was asked; you can separate them again.",
        "Истории будут видны вместе. Каждому чату отвечают там, где спросили; разделить их можно в любой момент.");
    public string Separate => Say("Separate", "Отделить");
    public string SeparateMore => Say("This is somebody else", "Это другой человек");

    public string AllChats(int count) => Say($"All {count}", $"Все {count}");

    public string AlikeBy(IReadOnlyList<string> by) => string.Join(", ", by.Select(one => one switch
    {
        "phone" => Say("same phone", "тот же телефон"),
        "email" => Say("same e-mail", "та же почта"),
        _ => one,
    }));
}
