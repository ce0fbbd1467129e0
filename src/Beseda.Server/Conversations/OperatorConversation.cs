using System.Collections.Immutable;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Labels;
using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Doors;
using Beseda.Server.Files;
using Beseda.Server.Operators;
using Beseda.Server.Storage;

namespace Beseda.Server.Conversations;

/// <summary>What an operator does with one conversation.</summary>
internal static class OperatorConversation
{
    private const int MaxComment = 1_000;

    public static Task<IResult> Take(long id, OperatorPrincipal caller, HttpContext http, ChatJournal journal) =>
        journal.SubmitAsync(http, caller.Account, caller.Actor, new TakeConversation(new(id)));

    public static Task<IResult> Close(long id, OperatorPrincipal caller, HttpContext http, ChatJournal journal) =>
        journal.SubmitAsync(http, caller.Account, caller.Actor, new CloseConversation(new ConversationId(id)));

    public static Task<IResult> Read(long id, Wire.ReadRequest request, OperatorPrincipal caller, HttpContext http, ChatJournal journal) =>
        journal.SubmitAsync(http, caller.Account, caller.Actor, new ReadMessages(new ConversationId(id), request.Seq));

    public static async Task<IResult> Post(
        long id, Wire.OperatorMessage message, OperatorPrincipal caller, HttpContext http, ChatJournal journal, StoredFiles files)
    {
        if ((Checks.Message(message.ClientId, message.Text, message.Files, out var text) ?? Checks.Buttons(message.Buttons)) is { } wrong)
            return wrong;
        if (await Attached.FindAsync(files, caller.Account, -caller.Id.Value, message.Files) is not { } attached)
            return Attached.Missing();
        var post = new PostMessage(message.ClientId, text)
        {
            Conversation = new ConversationId(id),
            Note = message.Note,
            ReplyTo = message.ReplyTo,
            Files = attached.Files,
            FileWords = attached.Words,
            Buttons = message.Buttons is { Count: > 0 } buttons
                ? [.. buttons.Select(button => new Button(MessageText.CleanLine(button.Text), button.Payload, button.Url))]
                : null,
        };
        return await journal.SubmitAsync(http, caller.Account, caller.Actor, post, receipt =>
            TypedResults.Ok(new Wire.MessageAccepted(receipt.Seq, id, receipt.At)));
    }

    public static Task<IResult> Edit(long id, long message, Wire.EditedMessage edited, OperatorPrincipal caller, HttpContext http, ChatJournal journal)
    {
        var text = MessageText.Clean(edited.Text);
        return text.Length is 0 or > MessageText.MaxLength
            ? Task.FromResult<IResult>(Problems.Invalid("text", $"1 to {MessageText.MaxLength} characters."))
            : journal.SubmitAsync(http, caller.Account, caller.Actor, new EditMessage(new MessageName(message), text));
    }

    public static Task<IResult> Delete(long id, long message, OperatorPrincipal caller, HttpContext http, ChatJournal journal) =>
        journal.SubmitAsync(http, caller.Account, caller.Actor, new DeleteMessage(new MessageName(message)));

    public static Task<IResult> Resend(long id, long message, OperatorPrincipal caller, HttpContext http, ChatJournal journal) =>
        journal.SubmitAsync(http, caller.Account, caller.Actor, new ResendMessage(new ConversationId(id), message));

    public static Task<IResult> Label(long id, Wire.LabelRequest request, OperatorPrincipal caller, HttpContext http, ChatJournal journal) =>
        journal.SubmitAsync(http, caller.Account, caller.Actor, new LabelConversation(
            new ConversationId(id), request.Category is { } category ? new LabelId(category) : null,
            [.. (request.Tags ?? []).Select(tag => new LabelId(tag))]));

    public static Task<IResult> Transfer(long id, Wire.TransferRequest request, OperatorPrincipal caller, HttpContext http, ChatJournal journal)
    {
        if (request.Operator is null == request.Department is null)
            return Task.FromResult<IResult>(Problems.Invalid("operator", "Either an operator or a department."));
        if (Checks.Optional("comment", request.Comment, MaxComment, out var comment) is { } wrong)
            return Task.FromResult(wrong);
        var transfer = new TransferConversation(
            new ConversationId(id),
            request.Operator is { } person ? new OperatorId(person) : null,
            request.Department is { } department ? new DepartmentId(department) : null,
            comment);
        return journal.SubmitAsync(http, caller.Account, caller.Actor, transfer);
    }

    /// <param name="history">Also what the same person said elsewhere until it began: the pages before its beginning.</param>
    public static async Task<IResult> Timeline(
        long id, OperatorPrincipal caller, ChatJournal journal, long before = long.MaxValue, int limit = 50, bool history = false)
    {
        var state = await journal.StateAsync(caller.Account);
        var wanted = new ConversationId(id);
        var read = await journal.Readers.ReadAsync(session =>
        {
            var conversation = state.Conversations.GetValueOrDefault(wanted) ?? ConversationRows.Find(session, caller.Account, wanted);
            if (conversation is null || !Visibility.Sees(caller.Person, conversation))
                return null;
            var visitors = OperatorPerson.Addresses(session, caller.Account, state, conversation.Visitor);
            var earlier = Earlier(session, caller, conversation, visitors);
            var page = Timelines.OfConversation(
                session, journal, caller.Account, wanted, history ? earlier : [],
                Math.Min(before, state.Seq + 1), Math.Clamp(limit, 1, Timelines.MostEntries));
            var telling = new Telling(state, visitors[0], ToOperators: true);
            var row = DeskRows.Of(session, caller.Account, state.With(visitors[0]), conversation);
            return new Wire.ConversationTimeline(
                state.Seq, row, page.Told(telling, visitors.ToDictionary(one => one.Id)), page.HasMore, Fields(visitors[0]))
            {
                HasHistory = earlier.Count > 0,
            };
        });
        return read is null ? Problems.Of(Refusal.ConversationNotFound) : TypedResults.Ok(read);
    }

    private static List<long> Earlier(Session session, OperatorPrincipal caller, Conversation conversation, List<Visitor> visitors) =>
        [.. ConversationRows.Of(session, caller.Account, visitors.Select(one => one.Id.Value), OperatorPerson.MostConversations)
            .Where(one => one.Id.Value < conversation.Id.Value && Visibility.Sees(caller.Person, one)).Select(one => one.Id.Value)];

    private static ImmutableSortedDictionary<string, string>? Fields(Visitor visitor) =>
        visitor.Profile?.Fields is { } fields && visitor.Language is { } language ? fields.SetItem("language", language) : visitor.Profile?.Fields;
}
