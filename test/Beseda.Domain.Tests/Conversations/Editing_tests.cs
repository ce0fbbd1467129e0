using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

/// <summary>Changing one's words and taking them back.</summary>
public sealed class Editing_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly ConversationId conversation;
    private readonly long question, answer, note;

    public Editing_tests()
    {
        anna = company.Hires("Anna");
        question = company.Hears(Ivan, "in 1");
        conversation = company.State.Visitors[Ivan].Open!.Value;
        company.Do(anna, new TakeConversation(conversation));
        answer = company.Answers(anna, conversation);
        note = company.Answers(anna, conversation, note: true);
        company.Do(new RecordSent(conversation, Ivan, answer, 0, 1, "out 1", null));
        company.Remembers(question, answer, note);
    }

    private static MessageName Named(string external) => new(null, external);

    private static MessageName Numbered(long seq) => new(seq);

    [Fact]
    public void A_visitor_edits_and_deletes_by_what_their_channel_calls_the_message()
    {
        var by = new Author(AuthorKind.Visitor);
        Assert.Equal([new MessageEdited(conversation, Ivan, question, false, by, new MessageWords("Да"))], company.Do(Ivan, new EditMessage(Named("in 1"), "Да")));
        Assert.Equal(company.State.Seq, company.Receipt.Seq);
        Assert.Equal([new MessageDeleted(conversation, Ivan, question, false, by)], company.Do(Ivan, new DeleteMessage(Named("in 1"))));
        Assert.True(company.Message(question).Deleted);
    }

    [Fact]
    public void An_operator_edits_and_deletes_their_messages_and_notes_by_seq()
    {
        foreach (var message in new[] { answer, note })
        {
            var by = new Author(AuthorKind.Operator, anna);
            Assert.Equal(
                [new MessageEdited(conversation, Ivan, message, message == note, by, new MessageWords("Да"))],
                company.Do(anna, new EditMessage(Numbered(message), "Да")));
            Assert.Equal([new MessageDeleted(conversation, Ivan, message, message == note, by)], company.Do(anna, new DeleteMessage(Numbered(message))));
        }
    }

    [Fact]
    public void The_newest_edit_counts()
    {
        company.Do(Ivan, new EditMessage(Named("in 1"), "Да"));
        company.Do(Ivan, new EditMessage(Named("in 1"), "Нет"));

        Assert.Equal([company.State.Seq - 1, company.State.Seq], company.Message(question).Edits);
    }

    [Fact]
    public void Editing_is_no_new_message_for_anybody()
    {
        var before = company[conversation];
        company.Do(Ivan, new EditMessage(Named("in 1"), "Да"));
        company.Do(anna, new DeleteMessage(Numbered(answer)));

        Assert.Equal(before, company[conversation]);
    }

    [Fact]
    public void Nobody_edits_or_deletes_what_somebody_else_wrote()
    {
        var nikolay = company.Hires("Nikolay");
        foreach (var name in new[] { Named("out 1"), Numbered(answer) })
        {
            Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, new EditMessage(name, "!")));
            Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, new DeleteMessage(name)));
        }

        foreach (var message in new[] { question, answer, note })
            Assert.Equal(Refusal.NotAllowed, company.Refusal(nikolay, new EditMessage(Numbered(message), "!")));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(anna, new DeleteMessage(Numbered(question))));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(new DeleteMessage(Numbered(question))));
    }

    [Fact]
    public void Another_visitor_s_name_for_a_message_is_not_known_and_neither_is_another_s_message()
    {
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(Olga, new EditMessage(Named("in 1"), "!")));
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(Olga, new EditMessage(Numbered(question), "!")));

        var hers = company.Hears(Olga, "in 1");
        company.Do(Olga, new DeleteMessage(Named("in 1")));
        Assert.Equal((true, false), (company.Message(hers).Deleted, company.Message(question).Deleted));
    }

    [Fact]
    public void A_note_is_not_there_for_a_visitor() => Assert.Equal(Refusal.MessageNotFound, company.Refusal(Ivan, new DeleteMessage(Numbered(note))));

    [Fact]
    public void What_never_was_is_not_found()
    {
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(Ivan, new EditMessage(Named("in 2"), "!")));
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(anna, new EditMessage(Numbered(12345), "!")));
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(anna, new DeleteMessage(Named("out 1"))));
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(anna, new DeleteMessage(new MessageName(null))));
    }

    [Fact]
    public void What_was_taken_back_stays_so()
    {
        company.Do(Ivan, new DeleteMessage(Named("in 1")));

        Assert.Equal(Refusal.MessageNotFound, company.Refusal(Ivan, new EditMessage(Named("in 1"), "!")));
        Assert.Empty(company.Do(Ivan, new DeleteMessage(Named("in 1"))));
    }

    [Fact]
    public void After_the_end_words_may_still_be_changed()
    {
        company.Do(Ivan, new CloseConversation(null));

        Assert.Null(company.Refusal(Ivan, new EditMessage(Named("in 1"), "Да")));
        Assert.Null(company.Refusal(anna, new DeleteMessage(Numbered(answer))));
    }

    [Fact]
    public void Who_signed_in_since_is_told_of_it_and_may_change_what_they_wrote_before()
    {
        company.Do(new Domain.Visitors.IdentifyVisitor("customer", "digest", Persons.Profile("Ivan"), Vera, Ivan));

        Assert.True(company.Do(anna, new EditMessage(Numbered(answer), "Да")) is [MessageEdited { Visitor: var told }] && told == Vera);
        Assert.True(company.Do(Vera, new DeleteMessage(Numbered(question))) is [MessageDeleted { Visitor: var gone }] && gone == Vera);
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(Ivan, new EditMessage(Named("in 1"), "!")));
    }
}
