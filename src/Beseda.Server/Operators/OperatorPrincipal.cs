using Beseda.Domain.Operators;
using Beseda.Journal;

namespace Beseda.Server.Operators;

/// <summary>An operator who has proved it, as they are now.</summary>
internal sealed class OperatorPrincipal(AccountId account, Operator person)
{
    public AccountId Account => account;

    public Operator Person => person;

    public OperatorId Id => person.Id;

    public Actor.Operator Actor { get; } = new(person.Id);

    public static ValueTask<OperatorPrincipal?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<OperatorPrincipal>());
}
