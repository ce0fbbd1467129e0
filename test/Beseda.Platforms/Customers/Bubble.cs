namespace Beseda.Platforms.Customers;

/// <summary>Whose words they are.</summary>
public enum Author
{
    Customer,

    /// <summary>The company, by the API.</summary>
    Account,

    /// <summary>The company, by a person who used the messenger's own pages.</summary>
    Employee,
}

/// <summary>What a button does when it is pressed.</summary>
public enum ButtonKind
{
    /// <summary>Says its label, or its payload, as a message of the customer.</summary>
    Reply,

    /// <summary>Tells the account without a message.</summary>
    Callback,

    Link,
    Contact,
    Location,

    /// <summary>Something else the messenger shows, which cannot be pressed here.</summary>
    Other,
}

/// <summary>A button the account sent.</summary>
/// <param name="Payload">What its press brings to the account, as the account gave it.</param>
public sealed record Button(string Label, ButtonKind Kind, string? Payload = null, string? Link = null);

/// <summary>A place on the map.</summary>
public sealed record Place(double Latitude, double Longitude);

/// <summary>Somebody's telephone.</summary>
public sealed record Card(string Phone, string Name);

/// <summary>One message as the customer sees it.</summary>
public sealed record Bubble(string Id, Author Author, DateTimeOffset At)
{
    public string? Text { get; init; }

    public IReadOnlyList<Media> Media { get; init; } = [];

    /// <summary>Rows of the buttons below it.</summary>
    public IReadOnlyList<IReadOnlyList<Button>> Buttons { get; init; } = [];

    public Place? Place { get; init; }

    public Card? Card { get; init; }

    /// <summary>Id of the message it answers.</summary>
    public string? ReplyTo { get; init; }

    public bool Edited { get; init; }

    public bool Deleted { get; init; }

    /// <summary>The other side has read it, where the messenger shows that.</summary>
    public bool Read { get; init; }
}
