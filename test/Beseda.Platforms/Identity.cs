using System.Security.Cryptography;
using System.Text;

namespace Beseda.Platforms;

/// <summary>What an account's id and token are made of.</summary>
/// <param name="Number">Nine digits.</param>
/// <param name="Secret">Eighty letters and digits.</param>
internal sealed record Identity(long Number, string Secret)
{
    private const int Length = 80;

    /// <summary>Nobody else's.</summary>
    public static Identity New(World world) => new(world.NextNumber(), World.Secret(Length / 2));

    /// <summary>The same for the same name, in every town.</summary>
    public static Identity Of(string name)
    {
        var bytes = SHA512.HashData(Encoding.UTF8.GetBytes(name));
        return new(100_000_000 + (BitConverter.ToUInt32(bytes) % 800_000_000), Convert.ToHexStringLower(bytes)[..Length]);
    }
}
