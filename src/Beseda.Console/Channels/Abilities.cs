using Beseda.Protocol;

namespace Beseda.Workplace.Channels;

/// <summary>What can be done in each channel, by its kind. What cannot is not offered.</summary>
public sealed class Abilities
{
    /// <summary>On our own pages nothing is in the way.</summary>
    public static readonly Capabilities Everything = new(
        10_000, Buttons: int.MaxValue, MaxFile: long.MaxValue, Edit: true, Delete: true, Delivered: false, Seen: true, TypingShown: true,
        TypingSeen: true, Replies: true);

    /// <summary>A channel that is not connected any more: what is said there reaches nobody, and nothing can be changed.</summary>
    private static readonly Capabilities Gone = new(10_000);

    private readonly Dictionary<string, Capabilities> known = [];

    /// <summary>Visitors come from elsewhere too, so it is worth saying from where.</summary>
    public bool Several => known.Count > 0;

    public void Load(IReadOnlyList<DeskChannel>? channels)
    {
        known.Clear();
        foreach (var one in channels ?? []) known[one.Kind] = one.Capabilities;
    }

    public Capabilities Of(string kind) => kind is "site" or "app" ? Everything : known.GetValueOrDefault(kind) ?? Gone;

    /// <summary>What is said there has to be carried to a messenger, which confirms that it has it.</summary>
    public bool Carries(string kind) => known.ContainsKey(kind);

    public static bool MayReply(MessagePosted message, Capabilities can) => !IsDeleted(message) && can.Replies;

    /// <summary>Notes stay among colleagues: no channel is asked.</summary>
    public static bool MayEdit(MessagePosted message, long me, Capabilities can) => IsOwn(message, me) && (message.Note || can.Edit);

    public static bool MayDelete(MessagePosted message, long me, Capabilities can) => IsOwn(message, me) && (message.Note || can.Delete);

    public static bool IsDeleted(MessagePosted message) => message is { Text: null, Files.Count: 0 };

    private static bool IsOwn(MessagePosted message, long me) =>
        message.Author is { Kind: AuthorKind.Operator, Id: var author } && author == me && !IsDeleted(message);
}
