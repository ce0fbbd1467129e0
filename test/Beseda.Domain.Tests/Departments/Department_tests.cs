using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Hours;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Departments;

public sealed class Department_tests
{
    private readonly Company company = new(Routed.Hand);

    private static Department Sales => new(default, "Sales", Routed.Automatic, AcceptWithin, Grace, CloseAfter);

    [Fact]
    public void A_new_department_s_id_is_the_seq_the_caller_hears_of()
    {
        company.Do(company.Admin, new ChangeDepartment(null, Sales));
        var id = new DepartmentId(company.Receipt.Seq);

        Assert.Equal(Sales with { Id = id }, company.State.Departments[id]);
    }

    [Fact]
    public void A_department_is_replaced_whole_whatever_id_the_record_claims()
    {
        company.Do(company.Admin, new ChangeDepartment(company.Support, Sales with { Id = new(999) }));

        Assert.Equal([Sales with { Id = company.Support }], company.State.Departments.Values);
    }

    [Fact]
    public void Saving_what_is_so_already_changes_nothing() =>
        Assert.Empty(company.Do(new ChangeDepartment(company.Support, company.State.Departments[company.Support])));

    [Fact]
    public void What_is_not_there_cannot_be_changed() =>
        Assert.Equal(Refusal.DepartmentNotFound, company.Refusal(company.Admin, new ChangeDepartment(new(999), Sales)));

    [Fact]
    public void Whether_a_conversation_came_within_the_hours_is_decided_when_it_is_queued()
    {
        var never = new WorkingHours("UTC", [], []);
        company.Changes(company.Support, department => department with { Hours = never });
        Assert.False(company.Do(Ivan, new PostMessage("a", "Hello")).OfType<ConversationQueued>().Single().WithinHours);
        company.Changes(company.Support, department => department with { Hours = never with { Week = WorkingHours.Always } });
        Assert.True(company.Do(Petr, new PostMessage("b", "Hello")).OfType<ConversationQueued>().Single().WithinHours);
    }

    [Fact]
    public void A_shorter_time_until_closing_counts_for_what_is_open()
    {
        var conversation = company.Writes(Ivan);
        company.Changes(company.Support, one => one with { CloseAfter = TimeSpan.FromMinutes(2) });
        company.Ticks(after: TimeSpan.FromMinutes(3));

        Assert.False(company[conversation].IsOpen);
    }
}
