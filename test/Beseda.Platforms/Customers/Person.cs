namespace Beseda.Platforms.Customers;

/// <summary>Somebody with accounts at messengers.</summary>
/// <param name="Number">Their number where the platform tells accounts people's numbers.</param>
/// <param name="Name">First name, or first and last.</param>
/// <param name="Language">Two letters.</param>
public sealed record Person(long Number, string Name, string Language)
{
    public string FirstName => Name.Split(' ', 2)[0];

    public string? LastName => Name.Split(' ', 2) is [_, var last] ? last : null;
}
