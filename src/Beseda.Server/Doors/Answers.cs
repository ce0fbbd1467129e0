using System.Diagnostics;
using Beseda.Journal;

namespace Beseda.Server.Doors;

/// <summary>What came of a command, as HTTP.</summary>
internal static class Answers
{
    public static async Task<IResult> SubmitAsync(
        this ChatJournal journal, HttpContext http, AccountId account, Actor by, Command command, Func<Journal.Receipt, IResult> committed) =>
        await journal.SubmitAsync(account, new Spoken(by, command)) switch
        {
            Answer.Committed answer => committed(answer.Receipt),
            Answer.Refused refused => Problems.Of((Refusal)refused.Why),
            Answer.Unavailable unavailable => Problems.Unavailable(http.Response, unavailable.RetryAfter),
            Answer.Failed => Problems.Failed(),
            _ => throw new UnreachableException(),
        };

    /// <summary>204 when it is done.</summary>
    public static Task<IResult> SubmitAsync(this ChatJournal journal, HttpContext http, AccountId account, Actor by, Command command) =>
        journal.SubmitAsync(http, account, by, command, static _ => TypedResults.NoContent());
}
