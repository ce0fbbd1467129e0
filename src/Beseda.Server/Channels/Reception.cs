using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;
using Beseda.Journal;
using Beseda.Server.Conversations;
using Beseda.Server.Files;
using Beseda.Server.Storage;
using Beseda.Server.Visitors;

namespace Beseda.Server.Channels;

/// <summary>Makes commands of what happens in channels: the same update twice makes the same command, and changes nothing.</summary>
internal sealed partial class Reception(ChatJournal journal, Acquaintances acquaintances, ILogger<Reception> log)
{
    private const int MostClientId = 64;
    private const int MostConfirmed = 50;
    private const int MaxLine = 200;

    /// <summary>Words of an event have their bound; nobody unfolds more.</summary>
    private const int MaxQuoted = 8_000;

    /// <summary>A platform's clock and ours are not the same.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    /// <param name="late">It has waited long enough for what should have come before it.</param>
    public async Task<Taken> TakeAsync(AccountId account, Connected connected, Item item, bool late, CancellationToken stop)
    {
        switch (item.Update)
        {
            case Update.Nothing:
                return Taken.Done.It;
            case Update.Unknown unknown:
                return new Taken.NotUnderstood(unknown.Why);
        }

        try
        {
            var visitor = await acquaintances.MeetAsync(account, connected, item.Update, stop);
            if (item.Update is Update.Wrote { ReplyTo: { } answered } numbered && connected.Platform.Description.Capabilities.Buttons == 0)
                item = item with { Update = await PressedAsync(account, visitor, numbered, answered) };
            return item.Update switch
            {
                Update.Opened => Taken.Done.It,
                Update.Typing => await ShowTypingAsync(account, visitor),
                Update.ConfirmedUntil until => await ConfirmAsync(account, visitor, until),
                Update.SeenUpTo seen => await ConfirmAsync(account, visitor, seen),
                Update.Echoed echo => await HearEchoAsync(account, visitor, echo),
                var other => await SayAsync(account, Actor(other, visitor), CommandOf(account, connected.Channel, visitor, item, late)),
            };
        }
        catch (UnavailableException unavailable)
        {
            return new Taken.Unavailable(unavailable.After);
        }
        catch (Exception bug) when (bug is not (OutOfMemoryException or DatabaseException or OperationCanceledException))
        {
            // Brought again it would fail again, and hold up whatever comes after it in its chat.
            LogFailed(bug, connected.Channel.Id, account);
            return new Taken.NotUnderstood(bug.GetType().Name);
        }
    }

    private static Actor Actor(Update update, VisitorId visitor) =>
        update is Update.Mirrored ? Beseda.Domain.Actor.System.Itself : new Actor.Visitor(visitor);

    private static Command CommandOf(AccountId account, Channel channel, VisitorId visitor, Item item, bool late) => item.Update switch
    {
        Update.Wrote wrote => Post(account, channel, item.Key, wrote, late),
        Update.Started started => new StartConversation(ClientId(channel, item.Key), channel.Kind, Location(started.Referral), channel.Department)
        {
            Number = started.Number,
        },
        Update.Edited edited => new EditMessage(new MessageName(null, edited.Id), Text(edited.Text)),
        Update.Deleted deleted => new DeleteMessage(new MessageName(null, deleted.Id)),
        Update.Stopped stopped => new StopVisitor(stopped.IsStopped),
        Update.Confirmed confirmed => new ConfirmDelivery(confirmed.Ids, confirmed.Seen),
        Update.Failed failed => new DenyDelivery(failed.Id, failed.Code),
        Update.Pressed pressed => Button.Meaning(pressed.Payload, pressed.Number) ?? new PostMessage(ClientId(channel, item.Key), Text(pressed.Label))
        {
            Channel = channel.Kind,
            Department = channel.Department,
            External = $"press {pressed.Id}",
            Number = pressed.Number,
            Late = late,
        },
        Update.Mirrored mirrored => new MirrorMessage(ClientId(channel, item.Key), visitor, Text(mirrored.Text), mirrored.Id, mirrored.Number)
        {
            Files = Pending(account, mirrored.Files),
            FileWords = Words(mirrored.Files),
        },
        var other => throw new UnreachableException(other.GetType().Name),
    };

    /// <summary>Where there are no buttons, a number in answer to numbered lines presses one.</summary>
    private async Task<Update> PressedAsync(AccountId account, VisitorId visitor, Update.Wrote wrote, string answered)
    {
        if (wrote is { Files.IsEmpty: true, Automatic: false }
            && await journal.Readers.ReadAsync(session => MessageRows.Find(session, account, visitor, answered)) is { } seq
            && (await journal.ReadAsync(account, seq - 1, 1)).FirstOrDefault().Event is MessagePosted { Words.Buttons: { } buttons }
            && Numbering.Pressed(buttons, wrote.Text) is { } button)
            return new Update.Pressed(wrote.From, wrote.Id, button.Payload ?? button.Text, button.Text) { Who = wrote.Who };
        return wrote;
    }

    private static PostMessage Post(AccountId account, Channel channel, string key, Update.Wrote wrote, bool late) => new(ClientId(channel, key), Text(wrote.Text))
    {
        Channel = channel.Kind,
        Department = channel.Department,
        External = wrote.Id,
        Number = wrote.Number,
        Late = late,
        ReplyToExternal = wrote.ReplyTo,
        Quoted = wrote.Quoted is { Length: > 0 } quoted ? Cut(MessageText.Clean(quoted), MaxQuoted) : null,
        Subject = Line(wrote.Subject),
        Automatic = wrote.Automatic,
        Files = Pending(account, wrote.Files),
        FileWords = Words(wrote.Files),
    };

    private static ImmutableArray<MessageFile>? Pending(AccountId account, ImmutableArray<Enclosed> files) => files.IsEmpty
        ? null
        : [.. files.Select(file => new MessageFile(FileId.New(account), FileStage.Pending, file.ContentType, file.Size, file.Width, file.Height))];

    private static ImmutableArray<FileWords>? Words(ImmutableArray<Enclosed> files) => files.IsEmpty
        ? null
        : [.. files.Select(file => new FileWords(FileName.Clean(file.Name), file.Source))];

    private async Task<Taken> SayAsync(AccountId account, Actor by, Command command) =>
        command is PostMessage { Text: "", Files: null } ? new Taken.NotUnderstood("nothing is said") : await journal.SubmitAsync(account, new Spoken(by, command)) switch
        {
            Answer.Committed => Taken.Done.It,
            Answer.Unavailable later => new Taken.Unavailable(later.RetryAfter),
            Answer.Refused { Why: Refusal.ConversationClosed } when command is PostMessage { Automatic: true } => Taken.Done.It,
            Answer.Refused { Why: Refusal.OutOfOrder } => Taken.TooEarly.ForOrder,
            Answer.Refused { Why: Refusal.MessageNotFound } when command is EditMessage or DeleteMessage => Taken.TooEarly.ForMessage,
            Answer.Refused { Why: Refusal.MessageNotFound } when command is ConfirmDelivery or DenyDelivery => Taken.TooEarly.ForReceipt,
            Answer.Refused { Why: Refusal.ConversationNotFound } when command is MirrorMessage => Taken.TooEarly.ForConversation,
            // A press that comes too late, or twice, is no fault of anybody.
            Answer.Refused { Why: not Refusal.NoDepartment } when command is not (PostMessage or MirrorMessage) => Taken.Done.It,
            Answer.Refused refused => new Taken.NotUnderstood($"{refused.Why}"),
            _ => new Taken.NotUnderstood("failed"),
        };

    private async Task<Taken> ConfirmAsync(AccountId account, VisitorId visitor, Update.ConfirmedUntil until)
    {
        var sent = await journal.Readers.ReadAsync(session => MessageRows.SentUntil(session, account, visitor, until.Until + Skew, MostConfirmed));
        return sent.Count == 0
            ? Taken.Done.It
            : await SayAsync(account, new Actor.Visitor(visitor), new ConfirmDelivery([.. sent.SelectMany(message => message.Externals.Take(1))], until.Seen));
    }

    private async Task<Taken> ConfirmAsync(AccountId account, VisitorId visitor, Update.SeenUpTo seen)
    {
        var sent = await journal.Readers.ReadAsync(session => MessageRows.SentUntil(session, account, visitor, DateTimeOffset.MaxValue, MostConfirmed));
        var numbered = sent.SelectMany(message => message.Externals)
            .Select(external => (External: external, Number: long.TryParse(external, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue))
            .Where(one => one.Number <= seen.Number).ToList();
        var taken = numbered.Count == 0
            ? Taken.Done.It
            : await SayAsync(account, new Actor.Visitor(visitor), new ConfirmDelivery([.. numbered.Select(one => one.External)], Seen: true));
        // What they have seen last may be just on its way to the disk: it is brought again then.
        return taken is Taken.Done && numbered.All(one => one.Number < seen.Number) ? Taken.TooEarly.ForReceipt : taken;
    }

    private async Task<Taken> HearEchoAsync(AccountId account, VisitorId visitor, Update.Echoed echo)
    {
        if (Mark.Read(echo.Mark) is not { } mark)
            return Taken.Done.It;
        var sent = new RecordSent(mark.Conversation, visitor, mark.Message, mark.Part, mark.Parts, echo.Id, null);
        return await SayAsync(account, Beseda.Domain.Actor.System.Itself, sent);
    }

    private async Task<Taken> ShowTypingAsync(AccountId account, VisitorId visitor)
    {
        await Typing.ShowAsync(journal, account, visitor, draft: null);
        return Taken.Done.It;
    }

    /// <summary>An update's id, kept apart from those of other channels.</summary>
    private static string ClientId(Channel channel, string key)
    {
        var whole = string.Create(CultureInfo.InvariantCulture, $"{channel.Id}:{key}");
        return whole.Length <= MostClientId ? whole : string.Create(CultureInfo.InvariantCulture, $"{channel.Id}:")
            + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 24));
    }

    private static string Text(string text) => Cut(MessageText.Clean(text), MessageText.MaxLength);

    private static string Cut(string clean, int most) => clean.Length <= most ? clean : MessageText.Clean(clean[..most]);

    private static string? Line(string? text) => text is null ? null : MessageText.CleanLine(text) is { Length: > 0 } line
        ? MessageText.Clean(line[..Math.Min(line.Length, MaxLine)])
        : null;

    private static string? Location(string? referral) => referral is null || VisitorLinks.IsOne(referral) ? null : Line(referral);

    [LoggerMessage(1, LogLevel.Error, "An update of channel {Channel} of account {Account} could not be taken; it is kept")]
    private partial void LogFailed(Exception bug, ChannelId channel, AccountId account);
}

/// <summary>What came of an update.</summary>
internal abstract record Taken
{
    private Taken() { }

    /// <summary>It is on the disk, or of no consequence.</summary>
    public sealed record Done : Taken
    {
        public static readonly Done It = new();
    }

    /// <summary>Something should have come before it.</summary>
    /// <param name="Most">It waits for so long.</param>
    public sealed record TooEarly(TimeSpan Most, Afterwards Then) : Taken
    {
        /// <summary>What is brought out of order within two seconds is put in order, and the way here takes time too.</summary>
        public static readonly TooEarly ForOrder = new(TimeSpan.FromSeconds(3), Afterwards.Take);
        public static readonly TooEarly ForMessage = new(TimeSpan.FromMinutes(10), Afterwards.Keep);
        /// <summary>What employees say in the platform's own inbox stays there where nobody talks here.</summary>
        public static readonly TooEarly ForConversation = new(TimeSpan.FromMinutes(1), Afterwards.Drop);
        /// <summary>Something may have been sent past Beseda.</summary>
        public static readonly TooEarly ForReceipt = new(TimeSpan.FromMinutes(1), Afterwards.Drop);
    }

    /// <summary>It is to be brought again.</summary>
    public sealed record Unavailable(TimeSpan After) : Taken;

    /// <param name="Why">A code.</param>
    public sealed record NotUnderstood(string Why) : Taken;
}

/// <summary>What is done with an update that has waited in vain.</summary>
internal enum Afterwards
{
    Take,
    /// <summary>As one that was not understood.</summary>
    Keep,
    Drop,
}
