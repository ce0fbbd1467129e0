using Beseda.Domain.Accounts;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Operators;

public sealed class Directory_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly OperatorChanged boris;

    public Directory_tests()
    {
        anna = company.Hires("Anna");
        boris = new(default, 77, Role.Supervisor, 3, [company.Support], true, new OperatorProfile("Борис", "boris@company.example", "Старший"));
    }

    [Fact]
    public void A_new_operator_s_id_is_the_seq_the_caller_hears_of()
    {
        company.Do(company.Admin, new ChangeOperator(null, boris));
        var id = new OperatorId(company.Receipt.Seq);

        Assert.Equal(boris with { Operator = id, Departments = company[id].Departments }, company.Record(id));
        Assert.Equal([company.Support], company[id].Departments);
        Assert.Equal(company.Receipt.At, company[id].GoneSince);
    }

    [Fact]
    public void An_operator_is_replaced_whole_and_keeps_their_status()
    {
        company.Changes(anna, one => one with { Role = Role.Supervisor, Limit = 9, Departments = [], Words = new OperatorProfile("Анна П.", "a@b.c") });

        Assert.Equal((Role.Supervisor, 9, "Анна П."), (company[anna].Role, company[anna].Limit, company[anna].Profile.Name));
        Assert.Empty(company[anna].Departments);
        Assert.True(company[anna].Online);
    }

    [Fact]
    public void Saving_what_is_so_already_changes_nothing()
    {
        Assert.Empty(company.Changes(anna, one => one));
        Assert.Empty(company.Changes(anna, one => one with { Departments = [.. one.Departments] }));
        Assert.NotEmpty(company.Changes(anna, one => one with { User = 78 }));
        Assert.NotEmpty(company.Changes(anna, one => one with { Role = Role.Supervisor }));
        Assert.NotEmpty(company.Changes(anna, one => one with { Limit = 5 }));
        Assert.NotEmpty(company.Changes(anna, one => one with { Departments = [] }));
        Assert.NotEmpty(company.Changes(anna, one => one with { Words = one.Words! with { Title = "Инженер" } }));
        Assert.NotEmpty(company.Changes(anna, one => one with { Enabled = false }));
    }

    [Fact]
    public void A_lowered_limit_takes_nothing_away()
    {
        company.Serves(anna, Ivan);
        company.Serves(anna, Olga);
        company.Changes(anna, one => one with { Limit = 1 });

        Assert.Equal(2, company.State.Index.Of(anna).Count);
    }

    [Fact]
    public void Only_administrators_and_the_command_line_change_the_directory()
    {
        var supervisor = company.Hires("Supervisor", Role.Supervisor);
        var commands = new Command[]
        {
            new ChangeOperator(null, boris), new ChangeOperator(anna, company.Record(anna)),
            new ChangeDepartment(company.Support, company.State.Departments[company.Support]), new ChangeAccount(Account.None),
        };

        foreach (var command in commands)
        {
            Assert.Null(company.Refusal(company.Admin, command));
            Assert.Null(company.Refusal(command));
            Assert.Equal(Refusal.NotAllowed, company.Refusal(supervisor, command));
            Assert.Equal(Refusal.NotAllowed, company.Refusal(anna, command));
            Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, command));
        }
    }

    [Fact]
    public void A_disabled_administrator_administers_nothing()
    {
        var second = company.Hires("Second", Role.Administrator);
        company.Changes(second, one => one with { Enabled = false });

        Assert.Equal(Refusal.NotAllowed, company.Refusal(second, new ChangeOperator(null, boris)));
    }

    [Fact]
    public void Whoever_is_not_there_cannot_be_changed() =>
        Assert.Equal(Refusal.OperatorNotFound, company.Refusal(company.Admin, new ChangeOperator(new(999), boris)));

    [Fact]
    public void An_operator_belongs_to_departments_that_exist() => Assert.Equal(
        Refusal.DepartmentNotFound, company.Refusal(company.Admin, new ChangeOperator(null, boris with { Departments = [company.Support, new(999)] })));

    [Fact]
    public void One_sign_in_is_one_operator()
    {
        Assert.Equal(Refusal.AlreadyAnOperator, company.Refusal(company.Admin, new ChangeOperator(null, boris with { User = company[anna].User })));
        Assert.Equal(
            Refusal.AlreadyAnOperator, company.Refusal(company.Admin, new ChangeOperator(anna, company.Record(anna) with { User = company[company.Admin].User })));
    }

    [Fact]
    public void The_last_administrator_stays()
    {
        var admin = company.Record(company.Admin);
        var demoted = new ChangeOperator(company.Admin, admin with { Role = Role.Supervisor });
        var disabled = new ChangeOperator(company.Admin, admin with { Enabled = false });
        Assert.Equal(Refusal.LastAdministrator, company.Refusal(company.Admin, demoted));
        Assert.Equal(Refusal.LastAdministrator, company.Refusal(disabled));

        var second = company.Hires("Second", Role.Administrator);
        Assert.Null(company.Refusal(company.Admin, demoted));
        company.Changes(second, one => one with { Enabled = false });
        Assert.Equal(Refusal.LastAdministrator, company.Refusal(company.Admin, disabled));
    }
}
