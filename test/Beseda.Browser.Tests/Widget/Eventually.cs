using System.Diagnostics;

namespace Beseda.Browser.Tests.Widget;

/// <summary>Asks again and again until it holds, or says what never came true.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);

    public static async Task HoldsAsync(string what, Func<Task<bool>> question, TimeSpan? patience = null)
    {
        var started = Stopwatch.StartNew();
        Exception? last = null;
        while (started.Elapsed < (patience ?? TimeSpan.FromSeconds(30)))
        {
            try
            {
                if (await question())
                    return;
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
            {
                last = problem;
            }
            await Task.Delay(Often, TestContext.Current.CancellationToken);
        }
        Assert.Fail($"It never came true that {what}. {last?.Message}");
    }
}
