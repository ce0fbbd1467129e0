using Microsoft.AspNetCore.Components;

namespace Beseda.Workplace.Frame;

/// <summary>A click inside an element that carries <c>data-act</c>, <c>data-id</c>: one handler per list instead of one per row.</summary>
public sealed class PickEventArgs : EventArgs
{
    public string Act { get; set; } = "";

    public string Id { get; set; } = "";

    public long Number => long.TryParse(Id, out var number) ? number : 0;
}

[EventHandler("onpick", typeof(PickEventArgs))]
public static class EventHandlers;
