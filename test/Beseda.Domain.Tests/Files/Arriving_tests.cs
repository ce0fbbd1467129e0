using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Files;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Files;

/// <summary>A channel's file is known before it is here.</summary>
public sealed class Arriving_tests
{
    private static readonly MessageFile Pending = new("f1", FileStage.Pending, "image/jpeg", 0);

    private readonly Company company = new(Routed.Hand);
    private readonly ConversationId conversation;
    private readonly long message;

    public Arriving_tests()
    {
        company.Do(Ivan, new PostMessage("x", "")
        {
            External = "photo",
            Files = [Pending, Pending with { Id = "f2" }],
            FileWords = [new FileWords("1.jpg", "there"), new FileWords("2.jpg", "there too")],
        });
        (conversation, message) = (company.Receipt.Conversation!.Value, company.Receipt.Seq);
    }

    private ArriveFile Arrives(MessageFile file) => new(conversation, Ivan, message, file, new FileWords("1.jpg"));

    [Fact]
    public void A_message_may_be_nothing_but_files_and_is_a_message_like_any_other()
    {
        var posted = (MessagePosted)company.Journal[^2].Event;

        Assert.Equal(["f1", "f2"], posted.Files!.Value.Select(file => file.Id));
        Assert.Equal(["1.jpg", "2.jpg"], posted.Words!.Files!.Value.Select(file => file.Name));
        Assert.Equal((message, 1), (company[conversation].LastMessage, company[conversation].Unread));
    }

    [Fact]
    public void A_file_arrives_once()
    {
        var ready = new MessageFile("f1", FileStage.Ready, "image/jpeg", 12_345, 640, 480);

        Assert.Equal([new FileArrived(conversation, Ivan, message, ready, new FileWords("1.jpg"))], company.Do(Arrives(ready)));
        Assert.Equal(ready, Assert.Single(company.Message(message).Files).Value);
        Assert.Empty(company.Do(Arrives(ready)));
        Assert.Empty(company.Do(Arrives(ready with { Stage = FileStage.Lost })));
    }

    [Fact]
    public void Each_file_arrives_or_is_lost_by_itself()
    {
        company.Do(Arrives(Pending with { Stage = FileStage.Ready }));
        company.Do(Arrives(Pending with { Id = "f2", Stage = FileStage.Lost }));

        Assert.Equal([FileStage.Ready, FileStage.Lost], company.Message(message).Files.Values.Select(file => file.Stage));
    }

    [Fact]
    public void It_changes_nothing_in_the_conversation()
    {
        var before = company[conversation];
        company.Do(Arrives(Pending with { Stage = FileStage.Ready }));

        Assert.Equal(before, company[conversation]);
    }

    [Fact]
    public void A_file_of_a_message_that_was_taken_back_is_not_told_of()
    {
        company.Do(Ivan, new DeleteMessage(new MessageName(null, "photo")));

        Assert.Empty(company.Do(Arrives(Pending with { Stage = FileStage.Ready })));
    }

    [Fact]
    public void Of_a_conversation_that_is_not_there_nothing_is_told() =>
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Arrives(Pending) with { Conversation = new(999) }));
}
