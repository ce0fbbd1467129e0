using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Server.Conversations;
using Beseda.Server.Doors;
using Beseda.Server.Operators;

namespace Beseda.Server.Accounts;

/// <summary><c>GET/POST/PUT /api/admin/departments</c>.</summary>
internal static class EditDepartments
{
    public static async Task<IResult> Get(OperatorPrincipal caller, ChatJournal journal) =>
        TypedResults.Ok<IReadOnlyList<Wire.DepartmentSettings>>(
            [.. (await journal.StateAsync(caller.Account)).Departments.Values.Select(Told)]);

    public static Task<IResult> Post(Wire.DepartmentSettings request, OperatorPrincipal caller, HttpContext http, ChatJournal journal) =>
        SaveAsync(null, request, caller, http, journal);

    public static Task<IResult> Put(long id, Wire.DepartmentSettings request, OperatorPrincipal caller, HttpContext http, ChatJournal journal) =>
        SaveAsync(new DepartmentId(id), request, caller, http, journal);

    private static Task<IResult> SaveAsync(
        DepartmentId? id, Wire.DepartmentSettings request, OperatorPrincipal caller, HttpContext http, ChatJournal journal)
    {
        if (Check(request) is { } wrong)
            return Task.FromResult(wrong);
        var department = new Department(
            id ?? default, MessageText.CleanLine(request.Name), Names.From(request.Routing),
            TimeSpan.FromSeconds(request.AcceptSeconds), TimeSpan.FromSeconds(request.GraceSeconds), TimeSpan.FromMinutes(request.CloseAfterMinutes))
        {
            Hours = Hours.From(request.Hours),
        };
        return journal.SubmitAsync(http, caller.Account, caller.Actor, new ChangeDepartment(id, department), receipt =>
            TypedResults.Ok(Told(department with { Id = id ?? new DepartmentId(receipt.Seq) })));
    }

    private static Wire.DepartmentSettings Told(Department one) => new(
        one.Name, Names.Of(one.Routing), (int)one.AcceptWithin.TotalSeconds, (int)one.Grace.TotalSeconds,
        (int)one.CloseAfter.TotalMinutes, one.Id.Value, Hours.Of(one.Hours));

    private static IResult? Check(Wire.DepartmentSettings request)
    {
        if (MessageText.CleanLine(request.Name).Length is 0 or > Checks.MaxLine)
            return Problems.Invalid("name", $"1 to {Checks.MaxLine} characters.");
        if (request.AcceptSeconds is < 5 or > 3_600)
            return Problems.Invalid("acceptSeconds", "5 to 3600.");
        if (request.GraceSeconds is < 0 or > 3_600)
            return Problems.Invalid("graceSeconds", "0 to 3600.");
        if (request.CloseAfterMinutes is < 1 or > 525_600)
            return Problems.Invalid("closeAfterMinutes", "1 to 525600.");
        return request.Hours is { } hours && Hours.Check(hours) is { } wrong ? Problems.Invalid("hours", wrong) : null;
    }
}
