using Beseda.Domain.Conversations;
using Beseda.Domain.Ratings;
using static Beseda.Domain.Tests.Commands.Rights;

namespace Beseda.Domain.Tests.Commands;

/// <summary>Who may do what to a conversation at which stage, whole.</summary>
public sealed class Rights_tests
{
    [Fact]
    public void Taking() => Hold(scene => new TakeConversation(scene.Conversation), """
                      Queued               Assigned             Active               Closed
        visitor       NotAllowed           NotAllowed           NotAllowed           NotAllowed
        stranger      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        holder        +                    +                    =                    ConversationClosed
        former        +                    AlreadyTaken         AlreadyTaken         ConversationClosed
        colleague     +                    AlreadyTaken         AlreadyTaken         ConversationClosed
        elsewhere     ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        supervisor    +                    AlreadyTaken         AlreadyTaken         ConversationClosed
        administrator +                    AlreadyTaken         AlreadyTaken         ConversationClosed
        disabled      ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        nobody        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Answering() => Hold(scene => new PostMessage("x", "!") { Conversation = scene.Conversation }, """
                      Queued               Assigned             Active               Closed
        visitor       +                    +                    +                    +
        stranger      +                    +                    +                    +
        holder        NotTaken             +                    +                    ConversationClosed
        former        NotTaken             AlreadyTaken         AlreadyTaken         ConversationClosed
        colleague     NotTaken             AlreadyTaken         AlreadyTaken         ConversationClosed
        elsewhere     ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        supervisor    NotTaken             AlreadyTaken         AlreadyTaken         ConversationClosed
        administrator NotTaken             AlreadyTaken         AlreadyTaken         ConversationClosed
        disabled      ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        nobody        ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Leaving_a_note() => Hold(scene => new PostMessage("x", "!") { Conversation = scene.Conversation, Note = true }, """
                      Queued               Assigned             Active               Closed
        visitor       +                    +                    +                    +
        stranger      +                    +                    +                    +
        holder        +                    +                    +                    +
        former        +                    +                    +                    +
        colleague     +                    +                    +                    +
        elsewhere     ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        supervisor    +                    +                    +                    +
        administrator +                    +                    +                    +
        disabled      ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        nobody        ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Handing_over_to_an_operator() => Hold(scene => new TransferConversation(scene.Conversation, scene.Holder, null, null), """
                      Queued               Assigned             Active               Closed
        visitor       NotAllowed           NotAllowed           NotAllowed           NotAllowed
        stranger      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        holder        +                    =                    =                    ConversationClosed
        former        +                    =                    =                    ConversationClosed
        colleague     +                    =                    =                    ConversationClosed
        elsewhere     ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        supervisor    +                    =                    =                    ConversationClosed
        administrator +                    =                    =                    ConversationClosed
        disabled      ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        nobody        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Handing_over_to_a_department() => Hold(scene => new TransferConversation(scene.Conversation, null, scene.Sales, null), """
                      Queued               Assigned             Active               Closed
        visitor       NotAllowed           NotAllowed           NotAllowed           NotAllowed
        stranger      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        holder        +                    +                    +                    ConversationClosed
        former        +                    AlreadyTaken         AlreadyTaken         ConversationClosed
        colleague     +                    AlreadyTaken         AlreadyTaken         ConversationClosed
        elsewhere     ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        supervisor    +                    +                    +                    ConversationClosed
        administrator +                    +                    +                    ConversationClosed
        disabled      ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        nobody        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Closing() => Hold(scene => new CloseConversation(scene.Conversation), """
                      Queued               Assigned             Active               Closed
        visitor       +                    +                    +                    =
        stranger      ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        holder        +                    +                    +                    =
        former        +                    AlreadyTaken         AlreadyTaken         =
        colleague     +                    AlreadyTaken         AlreadyTaken         =
        elsewhere     ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        supervisor    +                    +                    +                    =
        administrator +                    +                    +                    =
        disabled      ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        nobody        ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        system        +                    +                    +                    =
        """);

    [Fact]
    public void Reading() => Hold(scene => new ReadMessages(scene.Conversation, long.MaxValue), """
                      Queued               Assigned             Active               Closed
        visitor       =                    =                    +                    +
        stranger      ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        holder        =                    +                    =                    =
        former        =                    =                    =                    =
        colleague     =                    =                    =                    =
        elsewhere     ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        supervisor    =                    =                    =                    =
        administrator =                    =                    =                    =
        disabled      ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        nobody        ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Rating() => Hold(scene => new RateConversation(scene.Conversation, null, 5, 5, null), """
                      Queued               Assigned             Active               Closed
        visitor       NotAsked             NotAsked             NotAsked             +
        stranger      ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        nobody        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);
}
