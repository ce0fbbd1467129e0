using System.Collections.Immutable;
using System.Globalization;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Tests.Laws;

/// <summary>The channels of a story, and what a step of somebody who writes through them means: one of them numbers its messages.</summary>
internal static class Chats
{
    public const string Telegram = "telegram", Vk = "vk";
    private const string WithFile = "photo", Plain = "text";

    public static ChangeChannel Connects(string kind) => new(null, new Channel(
        default, kind, kind, true, null, "ru", ImmutableSortedDictionary<string, DialogueTexts>.Empty,
        ImmutableSortedDictionary<string, string>.Empty, "secret"));

    /// <summary>Four chats of each.</summary>
    public static VisitorId Visitor(Step step) => new((step.Who % 2 == 0 ? 300 : 400) + step.Who % 8 / 2);

    public static bool IsChat(VisitorId visitor) => visitor.Value >= 300;

    /// <summary>The number that the next message of the chat has, where there are numbers.</summary>
    public static long? Next(AccountState state, VisitorId visitor) =>
        visitor.Value >= 400 ? state.VisitorOrNew(visitor).LastNumber + 1 : null;

    public static IEnumerable<MessageState> Messages(AccountState state) =>
        state.MessageStates.Values.Where(one => IsChat(one.Visitor)).OrderByDescending(one => one.Message);

    public static bool HasFile(MessageState message) => message.Externals is [var name, ..] && name.StartsWith(WithFile, StringComparison.Ordinal);

    public static Spoken Says(AccountState state, Step step, int turn)
    {
        var visitor = Visitor(step);
        return step.Deed == Deed.ChatBegins
            ? new Spoken(Actor.System.Itself, Begins(state, step, visitor))
            : new Spoken(new Actor.Visitor(visitor), OfChat(state, step, turn, visitor));
    }

    public static Command Changed(AccountState state, Step step, DepartmentId department)
    {
        var kind = step.Who % 2 == 0 ? Telegram : Vk;
        if (Of(state, kind) is not { } channel)
            return Connects(kind);
        return step.Deed == Deed.AdministratorRemovesChannel ? new RemoveChannel(channel.Id) : new ChangeChannel(channel.Id, channel with
        {
            Enabled = step.How > 2,
            Department = step.How < 8 ? null : department,
            Language = step.How < 5 ? "en" : "ru",
            Texts = channel.Texts.SetItem("en", new DialogueTexts(Wait: step.What % 2 == 0 ? "" : "Wait", CloseButton: step.What % 3 == 0 ? "" : null)),
        });
    }

    /// <summary>Of a channel that is gone, where there is none.</summary>
    private static IdentifyVisitor Begins(AccountState state, Step step, VisitorId visitor)
    {
        var channel = Of(state, Kind(visitor))?.Id ?? new ChannelId(999);
        return new IdentifyVisitor($"chat {visitor}", $"{channel} {step.How % 3}", Persons.Profile($"Chat {visitor}"), visitor, null)
        {
            Channel = channel,
            Language = (step.How % 3) switch { 0 => null, 1 => "en", _ => "ru" },
        };
    }

    private static Command OfChat(AccountState state, Step step, int turn, VisitorId visitor) => step.Deed switch
    {
        Deed.ChatStarts => new StartConversation(
            $"c{turn}", Kind(visitor), "link", step.How < 5 ? null : step.How == 9 ? new DepartmentId(999) : Cast.At(state.Departments, step.How)),
        Deed.ChatWrites => Writes(state, step, turn, visitor),
        Deed.ChatEdits => new EditMessage(new MessageName(null, Name(state, step, visitor)), "!!"),
        Deed.ChatDeletes => new DeleteMessage(new MessageName(null, Name(state, step, visitor))),
        Deed.ChatPresses => Button.Meaning(Payload(state, step, visitor))!,
        Deed.ChatStops => new StopVisitor(step.How % 3 != 0),
        _ when step.How % 3 == 2 => new DenyDelivery(Taken(state, visitor) ?? Name(state, step, visitor), "7"),
        _ => new ConfirmDelivery([Name(state, step, visitor), Name(state, step with { What = step.What / 2 }, visitor), "?"], step.How % 2 == 0),
    };

    /// <summary>What the platform has taken of the company's words to a visitor.</summary>
    private static string? Taken(AccountState state, VisitorId visitor) => state.MessageStates.Values
        .Where(one => one.Visitor == visitor && !one.FromVisitor).OrderBy(one => one.Message).SelectMany(one => one.Externals).LastOrDefault();

    /// <summary>Mostly the next number; some come too early, too late, or again.</summary>
    private static PostMessage Writes(AccountState state, Step step, int turn, VisitorId visitor)
    {
        var ahead = step.How switch { < 6 => 0, 6 => 1, 7 => 2, 8 => -1, _ => -2 };
        ImmutableArray<MessageFile>? files = step.What < 10 ? [new MessageFile($"f{turn}", FileStage.Pending, "image/jpeg", 0)] : null;
        return new PostMessage($"c{turn}", files is null ? "?" : "")
        {
            Channel = Kind(visitor),
            External = $"{(files is null ? Plain : WithFile)} {turn}",
            Number = Next(state, visitor) is { } next ? Math.Max(1, next + ahead) : null,
            Late = step.How == 7,
            ReplyToExternal = step.What % 4 == 0 ? Name(state, step, visitor) : null,
            Files = files,
            FileWords = files is null ? null : [new FileWords("photo.jpg", "there")],
        };
    }

    /// <summary>Mostly an answer to the last question; one button too many was forged.</summary>
    private static string Payload(AccountState state, Step step, VisitorId visitor)
    {
        var asked = state.Conversations.Values.Where(one => one.Visitor == visitor && !one.Ratings.IsEmpty).OrderByDescending(one => one.Id).FirstOrDefault();
        return step.How < 4 || asked is null
            ? Button.Close
            : string.Create(CultureInfo.InvariantCulture, $"rate:{asked.Id}:{asked.Ratings[^1].Scale}:{1 + step.How % 6}");
    }

    /// <summary>What the channel calls one of the chat's last messages, whoever's it is: a platform may be mistaken.</summary>
    private static string Name(AccountState state, Step step, VisitorId visitor)
    {
        var names = Messages(state).Where(one => one.Visitor == visitor).SelectMany(one => one.Externals).Take(6).ToList();
        return names.Count == 0 ? "?" : names[step.What % names.Count];
    }

    private static Channel? Of(AccountState state, string kind) => state.Channels.Values.FirstOrDefault(one => one.Kind == kind);

    private static string Kind(VisitorId visitor) => visitor.Value >= 400 ? Vk : Telegram;
}
