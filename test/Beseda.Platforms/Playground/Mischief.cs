using Beseda.Platforms.Troubles;

namespace Beseda.Platforms.Playground;

/// <summary>What shall go wrong. What is not named stays as it is.</summary>
/// <param name="Disorder">Seconds within which updates overtake each other.</param>
/// <param name="Limit">How many calls are too many.</param>
/// <param name="Fail">How many calls meet a server's error.</param>
/// <param name="Lose">How many answers are lost.</param>
/// <param name="FailFor">Seconds.</param>
/// <param name="HangFor">Seconds.</param>
/// <param name="Method">Of the API; every one when not named.</param>
internal sealed record Mischief(
    bool? Duplicate, double? Disorder, int? Limit, int? RetryAfter, bool? Flood, int? Fail, int? Status, int? Lose, double? FailFor, double? HangFor, string? Method)
{
    public void Order(Faults faults)
    {
        faults.Duplicate = Duplicate ?? faults.Duplicate;
        faults.Disorder = Disorder is { } window ? TimeSpan.FromSeconds(window) : faults.Disorder;
        if (Limit is { } limited)
            faults.Limit(limited, RetryAfter ?? 1, Method, Flood ?? false);
        if (Fail is { } failed)
            faults.Fail(failed, Status ?? 500, Method);
        if (Lose is { } lost)
            faults.LoseAnswers(lost, Method);
        if (FailFor is { } failing)
            faults.FailFor(TimeSpan.FromSeconds(failing), Status ?? 500, Method);
        if (HangFor is { } hanging)
            faults.HangFor(TimeSpan.FromSeconds(hanging), Method);
    }
}
