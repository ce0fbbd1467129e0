using Beseda.Protocol;
using Microsoft.AspNetCore.Components;

namespace Beseda.Workplace.Reports;

/// <summary>A report page: asks anew when the period or the filters change, and keeps what it has until the answer is there.</summary>
public abstract class Report<T> : ComponentBase, IDisposable
    where T : SummaryReport
{
    private int asked;

    [Inject] protected Reporting Reporting { get; set; } = null!;

    protected T? Now { get; private set; }

    protected T? Before { get; private set; }

    protected string? Trouble { get; private set; }

    protected bool Loading { get; private set; }

    protected override Task OnInitializedAsync()
    {
        Reporting.Changed += Again;
        return LoadAsync();
    }

    protected async Task LoadAsync()
    {
        var own = ++asked;
        (Loading, Trouble) = (true, null);
        StateHasChanged();
        var reply = await Reporting.LoadAsync<T>();
        // Something else has been asked for meanwhile.
        if (own != asked) return;
        Loading = false;
        Trouble = reply.Refusal;
        if (reply.Refusal is null) (Now, Before) = reply.Answer;
        StateHasChanged();
    }

    public void Dispose()
    {
        Reporting.Changed -= Again;
        asked++;
        GC.SuppressFinalize(this);
    }

    private void Again() => _ = InvokeAsync(LoadAsync);
}
