using Beseda.Server.Doors;
using Beseda.Server.Operators;
using QRCoder;

namespace Beseda.Server.Channels;

/// <summary><c>GET /api/admin/channels/{id}/link.svg</c> and <c>link.png</c>: a channel's link as a QR code, for print.</summary>
internal static class PrintedLinks
{
    /// <summary>Of one module, pixels: large enough for a poster.</summary>
    private const int Module = 24;

    public static void MapPrintedLinks(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/channels/{id:long}/link.svg", (long id, OperatorPrincipal caller, ChatJournal journal) => DrawAsync(id, caller, journal,
            code => Results.Text(new SvgQRCode(code).GetGraphic(1, "#000000", "#ffffff", true, SvgQRCode.SizingMode.ViewBoxAttribute), "image/svg+xml")));
        admin.MapGet("/channels/{id:long}/link.png", (long id, OperatorPrincipal caller, ChatJournal journal) => DrawAsync(id, caller, journal,
            code => Results.Bytes(new PngByteQRCode(code).GetGraphic(Module), "image/png")));
    }

    private static async Task<IResult> DrawAsync(long id, OperatorPrincipal caller, ChatJournal journal, Func<QRCodeData, IResult> draw)
    {
        if ((await journal.StateAsync(caller.Account)).Channels.GetValueOrDefault(new ChannelId(id))?.Settings.GetValueOrDefault(EditChannels.Link) is not { } link)
            return Problems.Of(Refusal.ChannelNotFound);
        using var code = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        return draw(code);
    }
}
