namespace Beseda.Platforms.Customers;

/// <summary>A customer's conversation with an account, as the customer's messenger shows it.</summary>
public sealed class Chat
{
    private readonly Lock gate = new();
    private readonly Signal changed = new();
    private readonly List<Bubble> bubbles = [];
    private readonly List<string> notices = [];
    private IReadOnlyList<IReadOnlyList<Button>> keyboard = [];
    private DateTimeOffset typingUntil;

    /// <summary>In order, those of deleted messages too.</summary>
    public IReadOnlyList<Bubble> Bubbles
    {
        get
        {
            lock (gate)
                return [.. bubbles];
        }
    }

    /// <summary>Those the account sent and has not deleted.</summary>
    public IReadOnlyList<Bubble> Received => [.. Bubbles.Where(b => b.Author != Author.Customer && !b.Deleted)];

    /// <summary>Rows of buttons in place of the keyboard, or quick replies below the newest message.</summary>
    public IReadOnlyList<IReadOnlyList<Button>> Keyboard
    {
        get
        {
            lock (gate)
                return keyboard;
        }
    }

    /// <summary>What flashed over the chat when a button's press was answered.</summary>
    public IReadOnlyList<string> Notices
    {
        get
        {
            lock (gate)
                return [.. notices];
        }
    }

    /// <summary>The account appears to be typing.</summary>
    public bool Typing => DateTimeOffset.UtcNow < typingUntil;

    /// <summary>The customer has let the account write to them.</summary>
    public bool Started { get; private set; }

    /// <summary>The customer wants to hear no more from the account.</summary>
    public bool Blocked { get; private set; }

    /// <summary>The newest thing the customer did, by the platforms' clock.</summary>
    public DateTimeOffset? Active { get; private set; }

    /// <summary>Waits for the chat to look a certain way. Throws <see cref="TimeoutException"/> with what it looks like.</summary>
    public async Task<T> SeesAsync<T>(Func<Chat, T?> find, TimeSpan? patience = null) where T : class =>
        await changed.UntilAsync(() => find(this), patience ?? TimeSpan.FromSeconds(10)) ?? throw new TimeoutException($"The customer sees only: {this}");

    public override string ToString() =>
        string.Join(" | ", Bubbles.Select(b => $"{b.Author} {b.Id}: {b.Text}{(b.Media.Count > 0 ? $" [{b.Media.Count} files]" : "")}{(b.Deleted ? " (deleted)" : "")}"));

    internal Bubble? Find(string? id) => id is null ? null : Bubbles.FirstOrDefault(b => b.Id == id);

    internal void Add(Bubble bubble) => Do(() => bubbles.Add(bubble));

    internal void Change(string id, Func<Bubble, Bubble> change) => Do(() =>
    {
        var at = bubbles.FindIndex(b => b.Id == id);
        if (at >= 0)
            bubbles[at] = change(bubbles[at]);
    });

    internal void ChangeAll(Func<Bubble, Bubble> change) => Do(() =>
    {
        for (var at = 0; at < bubbles.Count; at++)
            bubbles[at] = change(bubbles[at]);
    });

    internal void Show(IReadOnlyList<IReadOnlyList<Button>> buttons) => Do(() => keyboard = buttons);

    internal void Notice(string text) => Do(() => notices.Add(text));

    internal void Type(TimeSpan howLong) => Do(() => typingUntil = DateTimeOffset.UtcNow + howLong);

    internal void Start(bool started = true) => Do(() => Started = started);

    internal void Block(bool blocked) => Do(() => Blocked = blocked);

    internal void Touch(DateTimeOffset now) => Do(() => Active = now);

    private void Do(Action change)
    {
        lock (gate)
            change();
        changed.Pulse();
    }
}
