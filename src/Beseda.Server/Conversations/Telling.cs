using Beseda.Domain.Accounts;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;

namespace Beseda.Server.Conversations;

/// <summary>Tells events in the words of the protocol, to the visitor or to operators. Whether to tell is <see cref="Visibility"/>'s.</summary>
/// <param name="State">For the names of operators.</param>
/// <param name="Visitor">Whose conversation it is, for the operators' side.</param>
/// <param name="ToOperators">Visitors hear nothing of notes, reasons, comments and operators' numbers.</param>
internal readonly record struct Telling(AccountState State, Visitor? Visitor, bool ToOperators)
{
    /// <summary>Null for kinds that this side never hears of.</summary>
    public Wire.Entry? Entry(long seq, DateTimeOffset at, Event happened) => happened switch
    {
        MessagePosted e => OfMessage(seq, at, e, null),
        MessageRead e => new Wire.MessageRead
        {
            Seq = seq,
            At = at,
            Conversation = e.Conversation.Value,
            Message = e.Message,
            By = Names.Of(e.By.Kind),
        },
        ConversationEvent e => OfCourse(seq, at, e) ?? OfEnd(seq, at, e) ?? Aftermath.Entry(seq, at, e),
        _ when !ToOperators => null,
        OperatorStatusChanged e => new Wire.OperatorStatusChanged
        {
            Seq = seq,
            At = at,
            Operator = e.Operator.Value,
            Status = e.Reachable ? Names.Of(e.Status) : Wire.OperatorStatus.Offline,
            Cause = Names.Of(e.Cause),
        },
        VisitorIdentified e => new Wire.VisitorIdentified
        {
            Seq = seq,
            At = at,
            Visitor = Names.Of(e.Visitor),
            Fields = e.Words?.Fields ?? VisitorFields.None,
        },
        VisitorsLinked e => new Wire.VisitorsLinked
        {
            Seq = seq,
            At = at,
            Visitors = [.. e.Visitors.Select(Names.Of)],
            Cause = Names.Of(e.Cause),
            Operator = e.By?.Value,
        },
        VisitorsSeparated e => new Wire.VisitorsSeparated { Seq = seq, At = at, Visitors = [.. e.Visitors.Select(Names.Of)], Operator = e.By.Value },
        OperatorChanged => Changed(seq, at, "operators"),
        DepartmentChanged => Changed(seq, at, "departments"),
        AccountChanged => Changed(seq, at, "account"),
        LabelChanged => Changed(seq, at, "labels"),
        ChannelChanged or ChannelRemoved => Changed(seq, at, "channels"),
        _ => null,
    };

    /// <param name="since">What became of it, for a timeline; null: as it was posted.</param>
    public Wire.MessagePosted OfMessage(long seq, DateTimeOffset at, MessagePosted e, Present? since) => new()
    {
        Seq = seq,
        At = at,
        Conversation = e.Conversation.Value,
        ClientId = e.ClientId,
        Author = Author(e.Author, e.Visitor),
        Text = since?.State.Deleted is true ? null : since?.Edited?.Text ?? e.Words?.Text,
        EditedAt = since?.EditedAt,
        Files = since?.State.Deleted is true ? [] : Aftermath.Files(e, since),
        Buttons = e.Words?.Buttons is { IsEmpty: false } buttons
            ? [.. buttons.Select(button => new Wire.Button(button.Text, button.Payload, button.Url))]
            : null,
        Quoted = ToOperators && since?.State.Deleted is not true ? e.Words?.Quoted : null,
        ReplyTo = e.ReplyTo,
        Note = e.Note,
        Delivery = ToOperators && since is not null ? Aftermath.Of(since.State.Delivery) : null,
        Failure = ToOperators && since?.State.Failure is { } failure ? Names.Of(failure) : null,
    };

    /// <summary>How a conversation starts and comes to an operator.</summary>
    private Wire.Entry? OfCourse(long seq, DateTimeOffset at, ConversationEvent happened) => happened switch
    {
        ConversationStarted e => new Wire.ConversationStarted
        {
            Seq = seq,
            At = at,
            Conversation = e.Conversation.Value,
            Visitor = Card(e.Visitor),
            Channel = e.Channel,
            Location = e.Location,
            Department = e.Department.Value,
            Source = e.Source,
        },
        ConversationQueued e => new Wire.ConversationQueued
        {
            Seq = seq,
            At = at,
            Conversation = e.Conversation.Value,
            Department = e.Department.Value,
            Position = e.Position,
            Reason = Names.Of(e.Reason),
            WithinHours = e.WithinHours,
            OperatorsOnline = ToOperators ? e.OperatorsOnline : Math.Min(e.OperatorsOnline, 1),
        },
        ConversationAssigned e => new Wire.ConversationAssigned
        {
            Seq = seq,
            At = at,
            Conversation = e.Conversation.Value,
            Operator = e.Operator.Value,
            Until = e.Until,
            Why = ToOperators ? Names.Of(e.Why) : null,
        },
        ConversationAccepted e => new Wire.ConversationAccepted
        {
            Seq = seq,
            At = at,
            Conversation = e.Conversation.Value,
            Operator = Card(e.Operator),
        },
        ConversationTransferred e => new Wire.ConversationTransferred
        {
            Seq = seq,
            At = at,
            Conversation = e.Conversation.Value,
            From = Place(e.From),
            To = Place(e.To),
            Comment = ToOperators ? e.Words?.Comment : null,
        },
        _ => null,
    };

    /// <summary>How it ends, and what comes after.</summary>
    private static Wire.Entry? OfEnd(long seq, DateTimeOffset at, ConversationEvent happened) => happened switch
    {
        ConversationClosed e => new Wire.ConversationClosed
        {
            Seq = seq,
            At = at,
            Conversation = e.Conversation.Value,
            By = Names.Of(e.By),
            Why = Names.Of(e.Why),
        },
        ConversationMoved e => new Wire.ConversationMoved { Seq = seq, At = at, Conversation = e.Conversation.Value, Into = Names.Of(e.Visitor) },
        ConversationMerged e => new Wire.ConversationMerged { Seq = seq, At = at, Conversation = e.Conversation.Value, Into = e.Into.Value },
        ConversationLabelled e => new Wire.ConversationLabelled
        {
            Seq = seq,
            At = at,
            Conversation = e.Conversation.Value,
            Category = e.Category?.Value,
            Tags = [.. e.Tags.Select(tag => tag.Value)],
            Operator = e.By?.Value,
        },
        RatingAsked e => new Wire.RatingAsked
        {
            Seq = seq,
            At = at,
            Conversation = e.Conversation.Value,
            Operator = e.Operator.Value,
            Scale = e.Scale,
        },
        ConversationRated e => new Wire.ConversationRated
        {
            Seq = seq,
            At = at,
            Conversation = e.Conversation.Value,
            Operator = e.Operator.Value,
            Scale = e.Scale,
            Score = e.Score,
            Note = e.Words?.Note,
        },
        _ => null,
    };

    public Wire.OperatorCard Card(OperatorId id) => State.Operators.TryGetValue(id, out var person)
        ? new Wire.OperatorCard(id.Value, person.Profile.Name, person.Profile.Title, person.Profile.Avatar)
        : new Wire.OperatorCard(id.Value, "");

    public Wire.VisitorCard Card(VisitorId id) => new(Names.Of(id), Visitor?.Profile?.Name);

    private Wire.Author Author(Author author, VisitorId visitor)
    {
        if (author.Operator is not { } person)
            return new Wire.Author(Names.Of(author.Kind), Name: author.Kind == AuthorKind.Visitor ? Card(visitor).Name : null);
        var card = Card(person);
        return new Wire.Author(Names.Of(author.Kind), ToOperators ? person.Value : null, card.Name, card.Avatar);
    }

    private Wire.Place Place(Place place) => place.Operator is { } person
        ? new Wire.Place(Operator: ToOperators ? person.Value : null, Department: ToOperators ? null : place.Department.Value)
        : new Wire.Place(Department: place.Department.Value);

    private static Wire.DirectoryChanged Changed(long seq, DateTimeOffset at, string what) => new() { Seq = seq, At = at, What = what };
}
