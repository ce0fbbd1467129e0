using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Routing;

/// <summary>What waits in an automatic department is offered the moment somebody can have it, whatever made them free.</summary>
public sealed class Freeing_tests
{
    private readonly Company company = new(Routed.Automatic);

    private void Waits(ConversationId conversation) => Assert.Equal(Stage.Queued, company[conversation].Stage);

    private void IsOffered(ConversationId conversation, OperatorId person) =>
        Assert.Equal((Stage.Assigned, person), (company[conversation].Stage, company[conversation].Operator));

    [Fact]
    public void Somebody_comes()
    {
        var anna = company.Hires("Anna", status: Status.Offline);
        var conversation = company.Writes(Ivan);
        Waits(conversation);

        company.Do(anna, new SetStatus(Status.Online));
        IsOffered(conversation, anna);
    }

    [Fact]
    public void Somebody_can_be_reached_again()
    {
        var anna = company.Hires("Anna");
        company.Do(new LoseConnection(anna));
        var conversation = company.Writes(Ivan);
        Waits(conversation);

        company.Do(new RegainConnection(anna));
        IsOffered(conversation, anna);
    }

    [Fact]
    public void Somebody_finishes()
    {
        var anna = company.Hires("Anna", limit: 1);
        company.Serves(anna, Ivan);
        var conversation = company.Writes(Olga);
        Waits(conversation);

        company.Do(Ivan, new CloseConversation(null));
        IsOffered(conversation, anna);
    }

    [Fact]
    public void Somebody_hands_over()
    {
        var anna = company.Hires("Anna", limit: 1);
        var other = company.Hires("Other", departments: []);
        var running = company.Serves(anna, Ivan);
        var conversation = company.Writes(Olga);
        Waits(conversation);

        company.Do(anna, new TransferConversation(running, other, null, null));
        IsOffered(conversation, anna);
    }

    [Fact]
    public void An_old_conversation_closes_by_itself()
    {
        var anna = company.Hires("Anna", limit: 1);
        company.Serves(anna, Ivan);
        company.Wait(TimeSpan.FromMinutes(10));
        var conversation = company.Writes(Olga);
        Waits(conversation);

        company.Ticks(after: CloseAfter - TimeSpan.FromMinutes(9));
        IsOffered(conversation, anna);
    }

    [Fact]
    public void Somebody_s_limit_is_raised()
    {
        var anna = company.Hires("Anna", limit: 0);
        var conversation = company.Writes(Ivan);
        Waits(conversation);

        company.Changes(anna, one => one with { Limit = 1 });
        IsOffered(conversation, anna);
    }

    [Fact]
    public void Somebody_joins_the_department()
    {
        var anna = company.Hires("Anna", departments: []);
        var conversation = company.Writes(Ivan);
        Waits(conversation);

        company.Changes(anna, one => one with { Departments = [company.Support] });
        IsOffered(conversation, anna);
    }

    [Fact]
    public void The_department_becomes_automatic()
    {
        company.Changes(company.Support, one => one with { Routing = Routed.Hand });
        var anna = company.Hires("Anna", limit: 2);
        var conversations = new[] { Ivan, Olga, Petr }.Select(visitor => company.Writes(visitor)).ToList();

        company.Changes(company.Support, one => one with { Routing = Routed.Automatic });
        IsOffered(conversations[0], anna);
        IsOffered(conversations[1], anna);
        Waits(conversations[2]);
    }

    [Fact]
    public void Two_conversations_of_one_visitor_become_one()
    {
        var anna = company.Hires("Anna", limit: 1);
        company.Serves(anna, Ivan);
        company.Do(new Domain.Visitors.IdentifyVisitor("customer", "digest", Persons.Profile("Ivan"), Vera, null));
        var customers = company.Writes(Vera);
        Waits(customers);

        company.Do(new Domain.Visitors.IdentifyVisitor("customer", "digest", Persons.Profile("Ivan"), Olga, Ivan));
        IsOffered(customers, anna);
    }
}
