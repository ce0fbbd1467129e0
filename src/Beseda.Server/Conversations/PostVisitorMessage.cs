using Beseda.Domain.Conversations;
using Beseda.Server.Doors;
using Beseda.Server.Visitors;

namespace Beseda.Server.Conversations;

/// <summary><c>POST /api/visitor/messages</c>.</summary>
internal static class PostVisitorMessage
{
    public static Task<IResult> Post(Wire.VisitorMessage message, VisitorPrincipal visitor, HttpContext http, ChatJournal journal)
    {
        if (Checks.Message(message.ClientId, message.Text, message.Files, out var text) is { } wrong)
            return Task.FromResult(wrong);

        var post = new PostMessage(message.ClientId, text)
        {
            Department = message.Department is { } department ? new DepartmentId(department) : null,
            ReplyTo = message.ReplyTo,
        };
        return journal.SubmitAsync(http, visitor.Token.Account, visitor.Actor, post, Accepted);
    }

    private static IResult Accepted(Journal.Receipt receipt) =>
        TypedResults.Ok(new Wire.MessageAccepted(receipt.Seq, receipt.Conversation!.Value, receipt.At));
}
