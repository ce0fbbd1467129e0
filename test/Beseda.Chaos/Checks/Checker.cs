using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Checks;

/// <summary>Holds a history against everything that was promised. Knows the protocol and the tables, and none of the server's code.</summary>
public static class Checker
{
    public static List<Finding> Check(History history) =>
    [
        .. Numbers.Check(history),
        .. Messages.Check(history),
        .. history.Readers.SelectMany(reader => Feeds.Check(history, reader)),
        .. Deliveries.Check(history),
        .. Course.Check(history),
    ];
}
