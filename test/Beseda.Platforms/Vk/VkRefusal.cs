namespace Beseda.Platforms.Vk;

/// <summary>A call the API refuses, with HTTP status 200 as everything.</summary>
internal sealed class VkRefusal(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    public static VkRefusal Parameter(string what) => new(100, $"One of the parameters specified was missing or invalid: {what}");

    public static VkRefusal Keyboard(string what) => new(911, $"Keyboard format is invalid: {what}");
}
