using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Beseda.Protocol;

/// <summary>
/// For readers of answers and frames. Null is not written, so what may be null may be missing;
/// <see cref="ProtocolJson.Default"/>, with which a server reads requests, would refuse it.
/// </summary>
public static class Reading
{
    private static readonly JsonSerializerOptions Options = new(ProtocolJson.Default.Options)
    {
        TypeInfoResolver = ((IJsonTypeInfoResolver)ProtocolJson.Default).WithAddedModifier(MissingIsNull),
    };

    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static void MissingIsNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property.AssociatedParameter is { IsNullable: true })
                property.IsRequired = false;
    }
}
