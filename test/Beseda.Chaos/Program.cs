using Beseda.Chaos;
using Beseda.Chaos.Channels;

try
{
    if (args.Contains(ChannelArguments.Verb))
        return await InChannelsAsync(ChannelArguments.Read(args));
    var arguments = Arguments.Read(args);
    Console.WriteLine(
        $"{(arguments.Postgres ? "Three nodes on PostgreSQL" : "One node on SQLite")}, {arguments.Visitors} visitors, {arguments.Operators} operators, {arguments.Length.TotalMinutes:0.#} minutes, seed {arguments.Seed}");
    var outcome = await Run.PlayAsync(arguments);
    Console.WriteLine(outcome.Told());
    return outcome.Findings.Count == 0 ? 0 : 1;
}
catch (Exception problem)
{
    // Caught, so that whatever was started is ended on the way here.
    Console.Error.WriteLine(problem is FormatException ? $"{problem.Message}\n{Arguments.Usage}\n{ChannelArguments.Usage}" : $"{problem}");
    return 2;
}

static async Task<int> InChannelsAsync(ChannelArguments arguments)
{
    Console.WriteLine(
        $"{(arguments.Postgres ? "Three nodes on PostgreSQL" : "One node on SQLite")}, {Cast.All.Count} channels of {arguments.Conversations} conversations, {arguments.Messages} messages each way, {(arguments.Trouble is { } time ? $"VK in trouble for {time.TotalSeconds:0} s, twice" : $"{arguments.Kills} kills")}, seed {arguments.Seed}");
    var outcome = await ChannelPlay.PlayAsync(arguments);
    Console.WriteLine(outcome.Told());
    return outcome.Findings.Count == 0 ? 0 : 1;
}
