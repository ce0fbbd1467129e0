using System.Text;
using System.Text.RegularExpressions;

namespace Beseda.Server.Channels;

/// <summary>
/// Makes JSON readable of which some text is not: platforms that shorten names cut characters in two, and nothing here can
/// keep half of one, or what no database takes. It becomes �, and the rest is what it was.
/// </summary>
internal static partial class Mending
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static byte[] Of(byte[] json)
    {
        string text;
        try
        {
            if (json.AsSpan().IndexOf("\\u"u8) < 0)
            {
                _ = Strict.GetCharCount(json);
                return json;
            }

            text = Strict.GetString(json);
        }
        catch (DecoderFallbackException)
        {
            text = Encoding.UTF8.GetString(json);
        }

        return Encoding.UTF8.GetBytes(Escapes().Replace(text, escape => escape.Groups["torn"].Success ? @"\ufffd" : escape.Value));
    }

    [GeneratedRegex(@"\\u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<torn>\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\u0000)|\\.")]
    private static partial Regex Escapes();
}
