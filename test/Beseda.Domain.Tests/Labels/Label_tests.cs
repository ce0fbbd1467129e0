using Beseda.Domain.Departments;
using Beseda.Domain.Labels;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Labels;

public sealed class Label_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly LabelId payments;
    private readonly LabelId refunds;
    private readonly LabelId urgent;
    private readonly LabelId angry;

    public Label_tests()
    {
        anna = company.Hires("Anna");
        payments = Adds(LabelKind.Category, "Payments");
        refunds = Adds(LabelKind.Category, "Refunds", payments);
        urgent = Adds(LabelKind.Tag, "Urgent");
        angry = Adds(LabelKind.Tag, "Angry");
    }

    private LabelId Adds(LabelKind kind, string name, LabelId? parent = null)
    {
        company.Do(company.Admin, new ChangeLabel(null, new Label(default, kind, name, true) { Parent = parent }));
        return new LabelId(company.Receipt.Seq);
    }

    private void Disables(LabelId id) => company.Do(company.Admin, new ChangeLabel(id, company.State.Labels[id] with { Enabled = false }));

    [Fact]
    public void An_operator_sorts_a_conversation_while_it_runs_and_after()
    {
        var one = company.Serves(anna, Ivan);
        company.Do(anna, new LabelConversation(one, payments, [angry, urgent]));
        Assert.Equal(payments, company[one].Category);
        Assert.Equal([urgent, angry], company[one].AllTags());

        company.Do(anna, new Domain.Conversations.CloseConversation(one));
        company.Do(anna, new LabelConversation(one, refunds, []));
        Assert.Equal((refunds, 0), (company[one].Category, company[one].AllTags().Length));
    }

    [Fact]
    public void The_same_again_is_no_event()
    {
        var one = company.Serves(anna, Ivan);
        company.Do(anna, new LabelConversation(one, payments, [urgent, angry]));
        Assert.Empty(company.Do(anna, new LabelConversation(one, payments, [angry, urgent, angry])));
    }

    [Fact]
    public void Neither_visitors_nor_those_who_do_not_see_it_may()
    {
        var one = company.Serves(anna, Ivan);
        var stranger = company.Hires("Boris", departments: []);
        Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, new LabelConversation(one, payments, [])));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(stranger, new LabelConversation(one, payments, [])));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(anna, new ChangeLabel(null, new Label(default, LabelKind.Tag, "x", true))));
    }

    [Fact]
    public void A_category_is_no_tag_and_what_is_not_there_is_nothing()
    {
        var one = company.Serves(anna, Ivan);
        Assert.Equal(Refusal.LabelNotFound, company.Refusal(anna, new LabelConversation(one, urgent, [])));
        Assert.Equal(Refusal.LabelNotFound, company.Refusal(anna, new LabelConversation(one, null, [payments])));
        Assert.Equal(Refusal.LabelNotFound, company.Refusal(anna, new LabelConversation(one, new(999), [])));
    }

    [Fact]
    public void What_is_out_of_use_stays_where_it_is_and_comes_nowhere_else()
    {
        var (one, other) = (company.Serves(anna, Ivan), company.Serves(anna, Olga));
        company.Do(anna, new LabelConversation(one, payments, [urgent]));
        Disables(payments);
        Disables(urgent);

        Assert.Empty(company.Do(anna, new LabelConversation(one, payments, [urgent])));
        Assert.Equal(Refusal.LabelNotFound, company.Refusal(anna, new LabelConversation(other, payments, [])));
        Assert.Equal(Refusal.LabelNotFound, company.Refusal(anna, new LabelConversation(other, null, [urgent])));
    }

    [Fact]
    public void There_are_two_levels_of_categories_and_a_label_stays_of_its_kind()
    {
        var label = company.State.Labels[payments];
        Assert.Equal(Refusal.LabelNotFound, company.Refusal(company.Admin, new ChangeLabel(null, label with { Parent = refunds })));
        Assert.Equal(Refusal.LabelNotFound, company.Refusal(company.Admin, new ChangeLabel(payments, label with { Parent = payments })));
        Assert.Equal(Refusal.LabelNotFound, company.Refusal(company.Admin, new ChangeLabel(urgent, label)));
        Assert.Equal(Refusal.LabelNotFound, company.Refusal(company.Admin, new ChangeLabel(null, new Label(default, LabelKind.Tag, "x", true) { Parent = payments })));
        var sales = Adds(LabelKind.Category, "Sales");
        Assert.Equal(Refusal.LabelNotFound, company.Refusal(company.Admin, new ChangeLabel(payments, label with { Parent = sales })));
    }

    [Fact]
    public void No_conversation_has_more_tags_than_a_person_reads()
    {
        var one = company.Serves(anna, Ivan);
        var many = Enumerable.Range(0, LabelConversation.MostTags + 1).Select(i => Adds(LabelKind.Tag, $"t{i}")).ToList();
        Assert.Equal(Refusal.LabelNotFound, company.Refusal(anna, new LabelConversation(one, null, [.. many])));
        company.Do(anna, new LabelConversation(one, null, [.. many.Skip(1)]));
    }
}
