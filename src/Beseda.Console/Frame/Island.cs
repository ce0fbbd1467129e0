using Beseda.Workplace.Conversations;
using Microsoft.AspNetCore.Components;

namespace Beseda.Workplace.Frame;

/// <summary>
/// A part of the page that draws itself when its part of the board changed, and at no other time: neither with its
/// parent nor because one of its events was handled.
/// </summary>
public abstract class Island : ComponentBase, IHandleEvent, IDisposable
{
    private bool due;

    [Inject] protected Pulse Pulse { get; set; } = null!;

    /// <summary>When to draw; none: only by <see cref="Draw"/>.</summary>
    protected abstract Part Part { get; }

    protected override void OnInitialized()
    {
        if (Part.HasFlag(Part.Lists)) Pulse.ListsChanged += Draw;
        if (Part.HasFlag(Part.Talk)) Pulse.TalkChanged += Draw;
        if (Part.HasFlag(Part.Head)) Pulse.HeadChanged += Draw;
    }

    protected void Draw()
    {
        due = true;
        StateHasChanged();
    }

    protected override bool ShouldRender()
    {
        var now = due;
        due = false;
        return now;
    }

    Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem callback, object? arg) => callback.InvokeAsync(arg);

    public void Dispose()
    {
        Pulse.ListsChanged -= Draw;
        Pulse.TalkChanged -= Draw;
        Pulse.HeadChanged -= Draw;
        Left();
        GC.SuppressFinalize(this);
    }

    protected virtual void Left()
    {
    }
}
