using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Channels;
using Beseda.Server.Storage;

namespace Beseda.Server.Visitors;

/// <summary>Finds that a visitor is somebody who writes from elsewhere too, and has it written down.</summary>
internal sealed class Recognition(ChatJournal journal, VisitorLinks links)
{
    private const int MostAlike = 20;

    /// <param name="referral">What the link said by which they came here.</param>
    /// <exception cref="UnavailableException">Not now.</exception>
    public async Task ByLinkAsync(AccountId account, VisitorId visitor, string referral)
    {
        if (links.Read(account, referral) is { } other)
            await LinkAsync(account, other, visitor, LinkCause.Link);
    }

    /// <summary>A number gets into a visitor's profile only if the company vouches for it, or a messenger whose account goes by it.</summary>
    /// <exception cref="UnavailableException">Not now.</exception>
    public async Task ByPhoneAsync(AccountId account, VisitorId visitor, string? phone)
    {
        if (Contact.Phone(phone) is not { } number)
            return;
        var alike = await journal.Readers.ReadAsync(session => PersonRows.Alike(session, account, [$"phone:{number}"], MostAlike));
        var person = alike.Find(one => one.Id == visitor)?.Person;
        foreach (var other in alike)
            if (other.Id != visitor && (person is null || other.Person != person))
                await LinkAsync(account, other.Id, visitor, LinkCause.Phone);
    }

    private async Task LinkAsync(AccountId account, VisitorId known, VisitorId visitor, LinkCause cause)
    {
        if (await journal.SubmitAsync(account, new Spoken(Actor.System.Itself, new LinkVisitors(known, visitor, cause))) is Answer.Unavailable later)
            throw new UnavailableException(later.RetryAfter);
    }
}
