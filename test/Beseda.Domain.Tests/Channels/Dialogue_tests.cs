using Beseda.Domain.Accounts;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using static Beseda.Domain.Tests.Company;
using static Beseda.Domain.Tests.Messengers;

namespace Beseda.Domain.Tests.Channels;

/// <summary>What a visitor of a channel is told as things happen.</summary>
public sealed class Dialogue_tests
{
    private static readonly DialogueTexts Texts = Dialogue.Standard["ru"];

    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly ChannelId channel;

    public Dialogue_tests()
    {
        company.Do(new ChangeAccount(Account.None with { Key = "k", Name = "Свет" }));
        anna = company.Hires("Анна");
        channel = company.Connects();
        company.Meets(Ivan, channel);
    }

    private IReadOnlyList<Event> Starts() => company.Do(Ivan, new StartConversation("s", "telegram", null, null));

    [Fact]
    public void Who_presses_Start_is_greeted_and_asked_to_wait()
    {
        var lines = Lines(Starts());

        Assert.Equal([Texts.Greeting!.Replace("{company}", "Свет", StringComparison.Ordinal), Texts.Wait], lines.Select(line => line.Words!.Text));
        Assert.Null(lines[0].Words!.Buttons);
        Assert.Equal([new Button(Texts.CloseButton!, "close")], lines[1].Words!.Buttons!);
    }

    [Fact]
    public void Who_writes_first_is_asked_to_wait_but_not_greeted() =>
        Assert.Equal([Texts.Wait!], Said(company.Do(Ivan, new PostMessage("x", "?"))));

    [Fact]
    public void Who_writes_on_is_told_nothing()
    {
        company.Writes(Ivan);

        Assert.Empty(Said(company.Do(Ivan, new PostMessage("x", "?"))));
    }

    [Fact]
    public void While_nobody_of_the_department_is_there_that_is_said_instead_of_to_wait()
    {
        company.Do(anna, new SetStatus(Status.Away));
        company.Hires("Elsewhere", departments: [company.Opens("Sales", Routed.Hand)]);

        var line = Lines(Starts())[1];
        Assert.Equal(Texts.Away, line.Words!.Text);
        Assert.Equal("close", Assert.Single(line.Words.Buttons!.Value).Payload);
    }

    [Fact]
    public void Who_joins_is_named()
    {
        var line = Assert.Single(Lines(company.Do(anna, new TakeConversation(company.Writes(Ivan)))));

        Assert.Equal("Анна присоединяется к разговору.", line.Words!.Text);
        Assert.Equal("close", Assert.Single(line.Words.Buttons!.Value).Payload);
    }

    [Fact]
    public void Being_offered_and_handed_over_is_not_told_until_somebody_accepts()
    {
        var nikolay = company.Hires("Николай");
        var conversation = company.Serves(anna, Ivan);

        Assert.Empty(Said(company.Do(anna, new TransferConversation(conversation, nikolay, null, null))));
        Assert.Empty(Said(company.Ticks(AcceptWithin)));
        Assert.Equal(["Николай присоединяется к разговору."], Said(company.Do(nikolay, new TakeConversation(conversation))));
    }

    [Fact]
    public void An_answer_that_accepts_comes_before_who_joined_is_told()
    {
        var nikolay = company.Hires("Николай");
        company.Do(anna, new TransferConversation(company.Serves(anna, Ivan), nikolay, null, null));
        var conversation = company.State.Visitors[Ivan].Open!.Value;

        var happened = company.Do(nikolay, new PostMessage("x", "!") { Conversation = conversation });
        Assert.Equal("ConversationAccepted, MessagePosted, MessagePosted", Kinds(happened));
        Assert.Equal("x", ((MessagePosted)happened[1]).ClientId);
        Assert.Equal(company.State.Seq - 1, company.Receipt.Seq);
    }

    [Fact]
    public void At_the_end_it_is_over_and_the_visitor_is_asked_about_the_operator()
    {
        var conversation = company.Serves(anna, Ivan);
        var lines = Lines(company.Do(anna, new CloseConversation(conversation)));

        Assert.Equal([Texts.Closed, "Как вам помог оператор Анна?"], lines.Select(line => line.Words!.Text));
        Assert.All(lines, line => Assert.Equal((conversation, Ivan, false), (line.Conversation, line.Visitor, line.Note)));
    }

    [Fact]
    public void An_idle_end_is_told_too()
    {
        company.Writes(Ivan);

        Assert.Equal([Texts.Closed!], Said(company.Ticks(CloseAfter + TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public void Who_has_rated_is_thanked()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Do(Ivan, new CloseConversation(null));

        Assert.Equal([Texts.Thanks!], Said(company.Do(Ivan, new RateConversation(conversation, null, 5, 4, null))));
        Assert.Empty(company.Do(Ivan, new RateConversation(conversation, null, 5, 4, null)));
    }

    [Fact]
    public void Somebody_at_a_browser_is_told_nothing()
    {
        var conversation = company.Serves(anna, Olga);

        Assert.Equal("ConversationClosed, RatingAsked", Kinds(company.Do(anna, new CloseConversation(conversation))));
    }

    [Fact]
    public void A_channel_that_is_off_or_gone_says_nothing()
    {
        company.Changes(channel, one => one with { Enabled = false });
        Assert.Empty(Said(Starts()));

        company.Changes(channel, one => one with { Enabled = true });
        company.Do(new RemoveChannel(channel));
        Assert.Empty(Said(company.Do(Ivan, new CloseConversation(null))));
    }

    [Fact]
    public void Each_line_has_a_client_id_of_its_own()
    {
        var lines = Lines(Starts()).Concat(Lines(company.Do(Ivan, new CloseConversation(null)))).ToList();

        Assert.Equal(3, lines.Select(line => line.ClientId).Distinct().Count());
    }

    [Fact]
    public void What_is_said_by_itself_is_no_answer_and_keeps_no_conversation_open()
    {
        var conversation = company.Writes(Ivan);
        var before = company[conversation];
        company.Wait(CloseAfter / 2);
        company.Do(anna, new TakeConversation(conversation));

        var after = company[conversation];
        Assert.Equal((before.LastMessage, before.LastMessageAt, 1, 0), (after.LastMessage, after.LastMessageAt, after.Unread, after.ReadByOperator));
    }
}
