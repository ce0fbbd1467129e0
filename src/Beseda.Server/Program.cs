using Beseda.Server;
using Beseda.Server.Accounts;
using Beseda.Server.Upkeep;

try
{
    var line = CommandLine.Parse(args);
    return line.Command switch
    {
        "run" or "demo" => await Installation.RunAsync(line),
        "account" => await AddAccount.RunAsync(line),
        "rebuild" => await Rebuild.RunAsync(line),
        "backup" => await Backup.RunAsync(line),
        "restore" => await Backup.RestoreAsync(line),
        "move" => await Move.RunAsync(line),
        "config" => Configuration.Run(line),
        "help" => Help(),
        _ => throw new FormatException($"There is no command {line.Command}."),
    };
}
catch (Exception problem) when (problem is FormatException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync($"beseda: {problem.Message}");
    await Console.Error.WriteLineAsync(CommandLine.Usage);
    return 2;
}

static int Help()
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}
