namespace Beseda.Platforms.Customers;

/// <summary>
/// A person in one account's chat, and what they can do there. What is done is delivered at once; the ids are the
/// platform's own, as the account's side reads them. What the messenger cannot do throws <see cref="NotSupportedException"/>;
/// what it does without telling the account is only seen in the chat.
/// </summary>
public abstract class Customer(Person person, string id, World world)
{
    private readonly Lazy<Uri> picture = new(() => world.Publish(Media.Photo((byte)person.Number)));

    public Person Person { get; } = person;

    /// <summary>The person's id as this account knows it.</summary>
    public string Id { get; } = id;

    public string Name => Person.Name;

    public string Language => Person.Language;

    /// <summary>Where their picture is: of their own shade.</summary>
    internal Uri Picture => picture.Value;

    /// <summary>The chat as the person sees it.</summary>
    public Chat Chat { get; } = new();

    /// <summary>Opens the chat by its start button or by a link with a payload.</summary>
    public abstract void Start(string? payload = null);

    /// <returns>The message's id.</returns>
    public abstract string Write(string text, string? replyTo = null);

    /// <summary>Sends a photo, a document, a voice, a film or a sticker.</summary>
    public abstract string Send(Media media, string? caption = null, string? replyTo = null);

    /// <summary>Several files at once; as many ids as the messenger makes messages of them.</summary>
    public abstract IReadOnlyList<string> SendAlbum(IReadOnlyList<Media> album, string? caption = null);

    public abstract string SendCard(Card card);

    public abstract string SendPlace(Place place);

    public abstract void Edit(string id, string text);

    public abstract void Delete(string id);

    /// <summary>Presses the newest button with a label, below a message or in place of the keyboard.</summary>
    public void Press(string label)
    {
        var bubble = Chat.Bubbles.LastOrDefault(b => !b.Deleted && b.Buttons.Any(row => row.Any(button => button.Label == label)));
        if (bubble is not null)
            Press(bubble, bubble.Buttons.SelectMany(row => row).First(button => button.Label == label));
        else if (Chat.Keyboard.SelectMany(row => row).FirstOrDefault(button => button.Label == label) is { } key)
            Press(null, key);
        else
            throw new InvalidOperationException($"The customer sees no button «{label}»: {Chat}");
    }

    /// <param name="bubble">The message the button is below; null for one in place of the keyboard.</param>
    public abstract void Press(Bubble? bubble, Button button);

    public abstract void Block();

    public abstract void Unblock();

    /// <summary>Reads everything up to now.</summary>
    public abstract void Read();

    /// <summary>Is typing.</summary>
    public abstract void Type();

    /// <summary>Waits for a message of the account with exactly this text.</summary>
    public Task<Bubble> SeesAsync(string text, TimeSpan? patience = null) => SeesAsync(bubble => bubble.Text == text, patience);

    /// <summary>Waits for a message of the account.</summary>
    public Task<Bubble> SeesAsync(Func<Bubble, bool> which, TimeSpan? patience = null) =>
        Chat.SeesAsync(chat => chat.Received.FirstOrDefault(which), patience);

    /// <summary>Waits for the chat to look a certain way.</summary>
    public Task SeesChatAsync(Func<Chat, bool> predicate, TimeSpan? patience = null) => Chat.SeesAsync(chat => predicate(chat) ? chat : null, patience);
}
