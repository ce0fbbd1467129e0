using Beseda.Domain.Conversations;
using Beseda.Domain.Labels;
using Beseda.Server.Conversations;
using Beseda.Server.Doors;
using Beseda.Server.Operators;

namespace Beseda.Server.Accounts;

/// <summary><c>GET/POST/PUT /api/admin/labels</c>: categories and tags.</summary>
internal static class EditLabels
{
    public static async Task<IResult> Get(OperatorPrincipal caller, ChatJournal journal) =>
        TypedResults.Ok<IReadOnlyList<Wire.Label>>([.. (await journal.StateAsync(caller.Account)).Labels.Values.Select(Names.Of)]);

    public static Task<IResult> Post(Wire.Label request, OperatorPrincipal caller, HttpContext http, ChatJournal journal) =>
        SaveAsync(null, request, caller, http, journal);

    public static Task<IResult> Put(long id, Wire.Label request, OperatorPrincipal caller, HttpContext http, ChatJournal journal) =>
        SaveAsync(new LabelId(id), request, caller, http, journal);

    private static Task<IResult> SaveAsync(LabelId? id, Wire.Label request, OperatorPrincipal caller, HttpContext http, ChatJournal journal)
    {
        var name = MessageText.CleanLine(request.Name);
        if (name.Length is 0 or > Checks.MaxLine)
            return Task.FromResult<IResult>(Problems.Invalid("name", $"1 to {Checks.MaxLine} characters."));
        var label = new Label(id ?? default, Names.From(request.Kind), name, request.Enabled)
        {
            Parent = request.Parent is { } parent ? new LabelId(parent) : null,
        };
        return journal.SubmitAsync(http, caller.Account, caller.Actor, new ChangeLabel(id, label), receipt =>
            TypedResults.Ok(Names.Of(label with { Id = id ?? new LabelId(receipt.Seq) })));
    }
}
