using System.Globalization;
using MailKit;

namespace Beseda.Server.Channels.Mail;

/// <summary>How far a mailbox has been read: <c>UIDVALIDITY:UID:SECONDS</c>.</summary>
/// <param name="Uid">The last that was taken.</param>
/// <param name="Newest">When the newest letter that was taken came: where to look from, should the server number its letters anew.</param>
internal readonly record struct MailCursor(uint Validity, uint Uid, DateTimeOffset Newest)
{
    public static MailCursor? Read(string? cursor) =>
        cursor?.Split(':') is [var validity, var uid, var newest]
        && uint.TryParse(validity, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && uint.TryParse(uid, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
        && long.TryParse(newest, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new MailCursor(number, last, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;

    /// <summary>Behind all that lies in the folder.</summary>
    public static MailCursor EndOf(IMailFolder folder, DateTimeOffset now) =>
        new(folder.UidValidity, (folder.UidNext?.Id ?? 1) - 1, now);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Validity}:{Uid}:{Newest.ToUnixTimeSeconds()}");
}
