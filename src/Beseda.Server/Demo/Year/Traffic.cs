namespace Beseda.Server.Demo.Year;

/// <summary>
/// When customers come, and where: more of them by day than by night, fewer on weekends, and every week more of all contacts through
/// digital channels instead of the telephone, from next to none to a tenth.
/// </summary>
/// <param name="first">The first day.</param>
internal sealed class Traffic(DateOnly first, int days, int conversations, Random chance)
{
    public const double DigitalAtTheEnd = 0.10;

    /// <summary>Of a day's contacts, in each hour.</summary>
    private static readonly double[] Hours = [1.2, 0.8, 0.5, 0.4, 0.4, 0.6, 1.2, 2.4, 4.2, 5.8, 6.6, 6.7, 6.3, 6.2, 6.1, 6.1, 6.4, 6.9, 7.3, 7.4, 6.6, 5.1, 3.4, 2.0];

    /// <summary>Shares at the beginning and at the end: the app and the community grow, the others make room.</summary>
    private static readonly (string Channel, double From, double To)[] Channels =
        [("site", 0.52, 0.30), ("app", 0.08, 0.24), ("vk", 0.20, 0.22), ("telegram", 0.08, 0.13), ("viber", 0.06, 0.05), ("messenger", 0.03, 0.02), ("mail", 0.03, 0.04)];

    /// <summary>How many come on a day, and how many call.</summary>
    public (int Digital, int Calls) On(int day)
    {
        var all = AllContacts * Weekday(day);
        var digital = all * Share(day);
        return ((int)Math.Round(digital), (int)Math.Round(all - digital));
    }

    public string Channel(int day)
    {
        var (at, grown) = (chance.NextDouble(), (double)day / days);
        foreach (var (channel, from, to) in Channels)
            if ((at -= from + (to - from) * grown) < 0)
                return channel;
        return Channels[0].Channel;
    }

    /// <summary>Within a day, on the clocks of Moscow.</summary>
    public TimeSpan TimeOfDay()
    {
        var at = chance.NextDouble() * Hours.Sum();
        for (var hour = 0; hour < Hours.Length; hour++)
            if ((at -= Hours[hour]) < 0)
                return TimeSpan.FromHours(hour) + TimeSpan.FromSeconds(chance.NextDouble() * 3_600);
        return TimeSpan.Zero;
    }

    private double Share(int day) => DigitalAtTheEnd * (day + 1) / days;

    private double Weekday(int day) => first.AddDays(day).DayOfWeek switch
    {
        DayOfWeek.Saturday => 0.8,
        DayOfWeek.Sunday => 0.68,
        DayOfWeek.Monday => 1.18,
        _ => 1.07,
    };

    /// <summary>Of an average day, so that all digital ones together are as many as are wanted.</summary>
    private double AllContacts => field == 0 ? field = conversations / Enumerable.Range(0, days).Sum(day => Share(day) * Weekday(day)) : field;
}
