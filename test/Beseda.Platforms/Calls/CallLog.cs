using System.Text.Json.Nodes;

namespace Beseda.Platforms.Calls;

/// <summary>One call of a platform's API.</summary>
/// <param name="Arguments">What it was called with; files by their names.</param>
/// <param name="Status">HTTP status of the answer, also of one that was lost on the way.</param>
/// <param name="Answer">Body of the answer.</param>
/// <param name="Lost">The caller was cut off before the answer.</param>
public sealed record ApiCall(DateTimeOffset At, string Method, JsonObject Arguments, int Status, string Answer, bool Lost);

/// <summary>Calls of an API, in the order they ended.</summary>
public sealed class CallLog
{
    private readonly Lock gate = new();
    private readonly Signal changed = new();
    private readonly List<ApiCall> calls = [];

    public IReadOnlyList<ApiCall> All
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    public IReadOnlyList<ApiCall> Of(string method) => [.. All.Where(call => call.Method.Equals(method, StringComparison.OrdinalIgnoreCase))];

    public int Count(string method) => Of(method).Count;

    /// <summary>Waits until a method was called so many times.</summary>
    public async Task<IReadOnlyList<ApiCall>> WaitAsync(string method, int times = 1, TimeSpan? patience = null) =>
        await changed.UntilAsync(() => Of(method) is var found && found.Count >= times ? found : null, patience ?? TimeSpan.FromSeconds(10))
        ?? throw new TimeoutException($"{method} was called {Count(method)} times, not {times}.");

    internal void Add(ApiCall call)
    {
        lock (gate)
            calls.Add(call);
        changed.Pulse();
    }
}
