namespace Beseda.Domain.Metrics;

/// <summary>Times twice: as they passed, and as far as departments worked.</summary>
public sealed class Times
{
    public Histogram Passed { get; } = new();
    public Histogram Worked { get; } = new();

    public void Add(long passed, long worked)
    {
        Passed.Add(passed);
        Worked.Add(worked);
    }

    public void Add(Elapsed time) => Add(time.Seconds, time.WorkedSeconds);

    public void Add(Times other)
    {
        Passed.Add(other.Passed);
        Worked.Add(other.Worked);
    }
}

/// <summary>Everything that a report says of some conversations.</summary>
public sealed class Summary
{
    public long Conversations { get; set; }
    public long Transfers { get; set; }
    public long VisitorMessages { get; set; }
    public long OperatorMessages { get; set; }
    public long BotMessages { get; set; }
    public Outcomes Outcomes { get; } = new();

    public Times FirstResponse { get; } = new();
    /// <summary>From each entry into a queue to the acceptance.</summary>
    public Times QueueWait { get; } = new();
    /// <summary>From each acceptance to that operator's first public message.</summary>
    public Times Reaction { get; } = new();
    /// <summary>From each visitor's message that opens a wait to the next human's.</summary>
    public Times Response { get; } = new();
    /// <summary>Of each operator of each closed conversation.</summary>
    public Times Handling { get; } = new();
    /// <summary>Of closed conversations.</summary>
    public Times Duration { get; } = new();

    /// <summary>On the scale 1–5.</summary>
    public Scores Csi { get; } = new();
    /// <summary>On the scale 0–10.</summary>
    public Scores Nps { get; } = new();

    /// <summary>Of conversations that are in neither of both.</summary>
    public void Add(Summary other)
    {
        Conversations += other.Conversations;
        Transfers += other.Transfers;
        VisitorMessages += other.VisitorMessages;
        OperatorMessages += other.OperatorMessages;
        BotMessages += other.BotMessages;
        Outcomes.Add(other.Outcomes);
        FirstResponse.Add(other.FirstResponse);
        QueueWait.Add(other.QueueWait);
        Reaction.Add(other.Reaction);
        Response.Add(other.Response);
        Handling.Add(other.Handling);
        Duration.Add(other.Duration);
        Csi.Add(other.Csi);
        Nps.Add(other.Nps);
    }
}
