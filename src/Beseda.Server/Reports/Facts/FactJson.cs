using System.Text.Json.Serialization;

namespace Beseda.Server.Reports.Facts;

[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class FactJson : JsonSerializerContext;
