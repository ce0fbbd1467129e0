using Beseda.Chaos;

try
{
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
    Console.Error.WriteLine(problem is FormatException ? $"{problem.Message}\n{Arguments.Usage}" : $"{problem}");
    return 2;
}
