using MimeKit;

namespace Beseda.Server.Channels.Mail;

/// <summary>Whether a program wrote a letter. Nothing is answered to programs: RFC 3834, and what programs did before it.</summary>
internal static class AutomaticLetter
{
    private static readonly HashSet<string> Precedences = new(StringComparer.OrdinalIgnoreCase) { "bulk", "list", "junk", "auto_reply" };

    private static readonly HashSet<string> Nobodies = new(StringComparer.OrdinalIgnoreCase)
    {
        "mailer-daemon", "postmaster", "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "bounce", "bounces",
    };

    private static readonly string[] Signs = ["List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Autoresponder"];

    public static bool Is(MimeMessage head, MailboxAddress from)
    {
        var headers = head.Headers;
        return Nobodies.Contains(from.LocalPart ?? "")
            || headers["Auto-Submitted"] is { } submitted && !submitted.Split(';')[0].Trim().Equals("no", StringComparison.OrdinalIgnoreCase)
            || headers["Precedence"] is { } precedence && Precedences.Contains(precedence.Trim())
            || headers["X-Auto-Response-Suppress"] is { } suppress && Suppresses(suppress)
            || headers["Return-Path"]?.Trim() is "<>"
            || Array.Exists(Signs, headers.Contains);
    }

    /// <summary>Exchange lets people's letters ask that nobody be told of their delivery; only programs ask for no answer at all.</summary>
    private static bool Suppresses(string kinds) =>
        kinds.Split(',').Any(kind => kind.Trim().Equals("All", StringComparison.OrdinalIgnoreCase) || kind.Trim().Equals("AutoReply", StringComparison.OrdinalIgnoreCase));
}
