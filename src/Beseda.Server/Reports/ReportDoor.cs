using Beseda.Domain.Visitors;
using Beseda.Server.Doors;
using Beseda.Server.Operators;
using Beseda.Server.Reports.Counting;
using Beseda.Server.Reports.Facts;
using Beseda.Server.Reports.Pages;

namespace Beseda.Server.Reports;

/// <summary>The reports: a route for each page.</summary>
internal static class ReportDoor
{
    /// <summary>Adding a page is adding a line.</summary>
    private static readonly ReportPage[] Pages =
    [
        new("overview", Grouping.Channel, Overview.Get), new("service", Grouping.Department, ServiceLevel.Get),
        new("operators", Grouping.Operator, Breakdowns.Operators), new("satisfaction", Grouping.Operator, Breakdowns.Satisfaction),
        new("channels", Grouping.Channel, Breakdowns.Channels), new("queue", Grouping.Department, Breakdowns.Queue),
        new("categories", Grouping.Category, Breakdowns.Categories),
    ];

    public static IServiceCollection AddReports(this IServiceCollection services) =>
        services.AddSingleton<ReportReading>().AddHostedService<FactKeeper>();

    public static void MapReports(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/api/reports").WithTags("Reports")
            .RequireAuthorization(OperatorDoor.Policy).AddEndpointFilter(ClientHeader.CheckAsync).AddEndpointFilter(CheckRoleAsync);
        door.MapGet("/conversations", Behind.Get);
        foreach (var page in Pages)
            door.MapGet(page.Name, Asked.Serve(page));
    }

    /// <summary>Who sees all conversations, sees all numbers.</summary>
    private static async ValueTask<object?> CheckRoleAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<OperatorPrincipal>() is { Person: var person } && Visibility.SeesAll(person)
            ? await next(context)
            : Problems.Of(Refusal.NotAllowed);
}
