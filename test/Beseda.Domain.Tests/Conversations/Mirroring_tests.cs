using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Files;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

/// <summary>What somebody of the company says past Beseda, in the platform's own inbox.</summary>
public sealed class Mirroring_tests
{
    private readonly Company company = new(Routed.Hand);

    private static MirrorMessage Mirror(string external = "m 1") => new("c", Ivan, "Добрый день!", external, null);

    [Fact]
    public void It_goes_into_the_open_conversation_as_the_company_s_and_nobody_s_in_particular()
    {
        var conversation = company.Writes(Ivan);
        var files = (MessageFile[])[new("f", FileStage.Pending, "image/png", 0)];
        var happened = company.Do(Mirror() with { Files = [.. files], FileWords = [new FileWords("a.png")] });

        var posted = Assert.IsType<MessagePosted>(Assert.Single(happened));
        Assert.Equal((conversation, Ivan, "m 1", false), (posted.Conversation, posted.Visitor, posted.External, posted.Note));
        Assert.Equal((new Author(AuthorKind.Operator), "Добрый день!", "a.png"), (posted.Author, posted.Words!.Text, posted.Words.Files!.Value[0].Name));
        Assert.Equal(files, posted.Files!.Value);
        Assert.Equal((company.State.Seq, conversation), (company.Receipt.Seq, company.Receipt.Conversation));
    }

    [Fact]
    public void It_answers_the_visitor_and_accepts_nothing()
    {
        var conversation = company.Writes(Ivan);
        company.Wait(TimeSpan.FromMinutes(1));
        company.Do(Mirror());

        Assert.Equal((Stage.Queued, 0), (company[conversation].Stage, company[conversation].Unread));
        Assert.Equal((company.State.Seq, company.State.At), (company[conversation].LastMessage, company[conversation].LastMessageAt));
    }

    [Fact]
    public void What_is_known_already_is_passed_over()
    {
        company.Hears(Ivan, "in 1");
        company.Do(Mirror());

        Assert.Empty(company.Do(Mirror()));
        Assert.Empty(company.Do(Mirror("in 1")));
        Assert.Single(company.Do(Mirror("m 2")));
    }

    [Fact]
    public void What_another_visitor_s_chat_calls_the_same_is_something_else()
    {
        company.Hears(Olga, "m 1");
        company.Writes(Ivan);

        Assert.Single(company.Do(Mirror()));
    }

    [Fact]
    public void While_nothing_is_open_there_is_no_conversation_for_it()
    {
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Mirror()));

        company.Writes(Ivan);
        company.Do(Ivan, new CloseConversation(null));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Mirror()));
    }

    [Fact]
    public void A_visitor_cannot_change_it()
    {
        company.Writes(Ivan);
        company.Do(Mirror());

        Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, new EditMessage(new MessageName(null, "m 1"), "!")));
    }

    [Fact]
    public void A_visitor_replies_to_what_their_channel_calls_so_and_what_it_does_not_know_is_passed_over()
    {
        company.Writes(Ivan);
        company.Do(Mirror());
        var mirrored = company.Receipt.Seq;

        Assert.Equal(mirrored, ((MessagePosted)company.Do(Ivan, new PostMessage("x", "?") { ReplyToExternal = "m 1" })[0]).ReplyTo);
        Assert.Null(((MessagePosted)company.Do(Ivan, new PostMessage("x", "?") { ReplyToExternal = "m 2" })[0]).ReplyTo);
    }
}
