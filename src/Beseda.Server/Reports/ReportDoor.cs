using Beseda.Domain.Visitors;
using Beseda.Server.Doors;
using Beseda.Server.Operators;
using Beseda.Server.Reports.Facts;
using Beseda.Server.Reports.Pages;

namespace Beseda.Server.Reports;

/// <summary>The reports: a route for each page.</summary>
internal static class ReportDoor
{
    public static IServiceCollection AddReports(this IServiceCollection services) =>
        services.AddSingleton<ReportReading>().AddHostedService<FactKeeper>();

    public static void MapReports(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/api/reports").WithTags("Reports")
            .RequireAuthorization(OperatorDoor.Policy).AddEndpointFilter(ClientHeader.CheckAsync).AddEndpointFilter(CheckRoleAsync);
        door.MapGet("/overview", Overview.Get);
    }

    /// <summary>Who sees all conversations, sees all numbers.</summary>
    private static async ValueTask<object?> CheckRoleAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<OperatorPrincipal>() is { Person: var person } && Visibility.SeesAll(person)
            ? await next(context)
            : Problems.Of(Refusal.NotAllowed);
}
