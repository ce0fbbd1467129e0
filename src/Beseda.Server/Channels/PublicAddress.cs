namespace Beseda.Server.Channels;

/// <summary>Where platforms reach this installation: <c>--public-url</c>. Without one, nothing can be told to it, only asked.</summary>
internal sealed record PublicAddress(Uri? Root)
{
    /// <param name="path">From the server's root.</param>
    public Uri? Of(string path) => Root is null ? null : new Uri(Root, path);
}
