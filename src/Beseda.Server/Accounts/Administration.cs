using Beseda.Domain.Operators;
using Beseda.Server.Channels;
using Beseda.Server.Doors;
using Beseda.Server.Operators;
using Beseda.Server.Webhooks;

namespace Beseda.Server.Accounts;

/// <summary>Everything an administrator can call.</summary>
internal static class Administration
{
    public static void MapAdministration(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/api/admin").WithTags("Administration")
            .RequireAuthorization(OperatorDoor.Policy).AddEndpointFilter(ClientHeader.CheckAsync).AddEndpointFilter(CheckRoleAsync);
        door.MapGet("/account", ChangeSettings.Get);
        door.MapPut("/account", ChangeSettings.Put);
        door.MapGet("/departments", EditDepartments.Get);
        door.MapPost("/departments", EditDepartments.Post);
        door.MapPut("/departments/{id:long}", EditDepartments.Put);
        door.MapGet("/operators", EditOperators.Get);
        door.MapPost("/operators", EditOperators.Post);
        door.MapPut("/operators/{id:long}", EditOperators.Put);
        door.MapGet("/labels", EditLabels.Get);
        door.MapPost("/labels", EditLabels.Post);
        door.MapPut("/labels/{id:long}", EditLabels.Put);
        door.MapGet("/journal", ReadJournal.Get);
        door.MapWebhooks();
        door.MapChannelSettings();
        door.MapPrintedLinks();
    }

    private static async ValueTask<object?> CheckRoleAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<OperatorPrincipal>() is { Person.Role: Role.Administrator }
            ? await next(context)
            : Problems.Of(Refusal.NotAllowed);
}
