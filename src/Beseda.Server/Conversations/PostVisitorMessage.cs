using Beseda.Domain.Conversations;
using Beseda.Server.Doors;
using Beseda.Server.Files;
using Beseda.Server.Visitors;

namespace Beseda.Server.Conversations;

/// <summary><c>POST /api/visitor/messages</c>.</summary>
internal static class PostVisitorMessage
{
    public static async Task<IResult> Post(Wire.VisitorMessage message, VisitorPrincipal visitor, HttpContext http, ChatJournal journal, StoredFiles files)
    {
        if (Checks.Message(message.ClientId, message.Text, message.Files, out var text) is { } wrong)
            return wrong;
        if (await Attached.FindAsync(files, visitor.Token.Account, visitor.Token.Visitor.Value, message.Files) is not { } attached)
            return Attached.Missing();

        var post = new PostMessage(message.ClientId, text)
        {
            Department = message.Department is { } department ? new DepartmentId(department) : null,
            ReplyTo = message.ReplyTo,
            Files = attached.Files,
            FileWords = attached.Words,
        };
        return await journal.SubmitAsync(http, visitor.Token.Account, visitor.Actor, post, Accepted);
    }

    private static IResult Accepted(Journal.Receipt receipt) =>
        TypedResults.Ok(new Wire.MessageAccepted(receipt.Seq, receipt.Conversation!.Value, receipt.At));
}
