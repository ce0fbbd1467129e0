using Beseda.Bench;
using Beseda.Bench.Figures;
using Beseda.Bench.Limits;
using Beseda.Bench.Measures;
using Beseda.Bench.Servers;

if (args is ["limit", .. var rest])
{
    await BareEndpoints.RunAsync(rest);
    return 0;
}
if (Arguments.TryRead(args, out var wrong) is not { } wanted)
{
    Console.Error.WriteLine(wrong);
    return 2;
}

var grounds = new Grounds(wanted.Server, wanted.Folder);
var report = new Report();
var effort = new Effort(wanted.Seconds, wanted.Quick, wanted.Events);
try
{
    foreach (var measure in wanted.Measures)
        await Arguments.Known[measure](grounds, effort, report);
}
finally
{
    // What was measured before something went wrong was measured.
    report.Close(wanted.Json);
}
grounds.CleanUp();
return report.Met ? 0 : 1;
