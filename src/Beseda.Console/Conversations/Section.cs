namespace Beseda.Workplace.Conversations;

/// <summary>One of the lists: which conversations, in which order.</summary>
public sealed class Section(Comparison<Chat> order)
{
    private HashSet<Chat> members = [];

    /// <summary>As drawn. While the list is held still this may contain some that have left: see <see cref="Has"/>.</summary>
    public List<Chat> Chats { get; private set; } = [];

    /// <summary>How many there really are.</summary>
    public int Count => members.Count;

    public bool Has(Chat chat) => members.Contains(chat);

    /// <param name="still">What is on the screen stays where it is, gone or not; what is new comes last. Nobody clicks on
    /// a row that changed under the pointer.</param>
    public void Arrange(IEnumerable<Chat> now, bool still)
    {
        var sorted = now.ToList();
        sorted.Sort(order);
        var shown = still ? Chats : [];
        var before = shown.ToHashSet();
        Chats = [.. shown, .. sorted.Where(chat => !before.Contains(chat))];
        members = [.. sorted];
    }
}
