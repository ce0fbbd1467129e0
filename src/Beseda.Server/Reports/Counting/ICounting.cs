using Beseda.Server.Reports.Facts;

namespace Beseda.Server.Reports.Counting;

/// <summary>Goes over conversations, some at a time.</summary>
internal interface ICounting
{
    /// <summary>What is to be read.</summary>
    IReadOnlyList<Block> Blocks { get; }

    /// <summary>Ratings come days after their conversations: those that began earlier are wanted, too.</summary>
    bool LooksBack { get; }

    /// <param name="except">Conversations that are known better elsewhere.</param>
    void Add(ConversationFacts facts, IReadOnlySet<long> except);
}
