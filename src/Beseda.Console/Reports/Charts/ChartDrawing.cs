using System.Globalization;
using System.Net;
using System.Text;

namespace Beseda.Workplace.Reports.Charts;

/// <summary>A chart as a picture of its own: SVG with everything in it, in light colours, for letters and slides.</summary>
public sealed class ChartDrawing
{
    private const int Width = 960, Height = 420, Left = 84, Right = 24, Top = 78, Bottom = 44, Parts = 4, MostLabels = 12;

    private static readonly string[] Tones = ["#3657d0", "#0d8a7a", "#d0812a", "#c8453f", "#7a56d6", "#9a9dab", "#b0409f", "#5c7a1f"];

    private readonly StringBuilder svg = new();

    /// <param name="top">Of the axis.</param>
    public static string Of(string title, IReadOnlyList<string> labels, IReadOnlyList<Trend> trends, bool columns, double top, Func<double, string> format)
    {
        var drawing = new ChartDrawing();
        drawing.Begin(title, trends);
        for (var part = 0; part <= Parts; part++)
        {
            var y = Y((double)part / Parts);
            drawing.svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{N(y)}\" y2=\"{N(y)}\" stroke=\"#e6e6eb\"/>");
            drawing.Text(Left - 10, y + 4, format(top * part / Parts), "#61636e", "end", 12);
        }

        var every = Math.Max(1, (labels.Count + MostLabels - 1) / MostLabels);
        for (var i = 0; i < labels.Count; i += every)
            drawing.Text(X(i, labels.Count), Height - Bottom + 20, labels[i], "#61636e", "middle", 12);
        if (columns)
            drawing.Columns(trends, labels.Count, top);
        else
            drawing.Lines(trends, labels.Count, top);
        return drawing.svg.Append("</svg>").ToString();
    }

    private void Begin(string title, IReadOnlyList<Trend> trends)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" font-family=\"system-ui, sans-serif\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        Text(24, 32, title, "#1c1d22", "start", 17, bold: true);
        var x = 24d;
        foreach (var trend in trends)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(x)}\" y=\"46\" width=\"10\" height=\"10\" rx=\"3\" fill=\"{Tone(trend)}\"/>");
            Text(x + 16, 55, trend.Name, "#535560", "start", 12);
            x += 40 + trend.Name.Length * 7.2;
        }
    }

    private void Columns(IReadOnlyList<Trend> trends, int count, double top)
    {
        var slot = (double)(Width - Left - Right) / Math.Max(1, count);
        for (var i = 0; i < count; i++)
        {
            var ground = 0d;
            foreach (var trend in trends)
            {
                if (trend.Values[i] is not (> 0 and var value)) continue;
                var (low, high) = (Y(ground / top), Y((ground += value) / top));
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(X(i, count) - slot * .36)}\" y=\"{N(high)}\" width=\"{N(slot * .72)}\" height=\"{N(low - high)}\" fill=\"{Tone(trend)}\"/>");
            }
        }
    }

    private void Lines(IReadOnlyList<Trend> trends, int count, double top)
    {
        foreach (var trend in trends)
        {
            svg.Append("<path fill=\"none\" stroke-width=\"2.5\" stroke-linejoin=\"round\" stroke-linecap=\"round\" stroke=\"").Append(Tone(trend)).Append("\" d=\"");
            for (var i = 0; i < count; i++)
                if (trend.Values[i] is { } value)
                    svg.Append(CultureInfo.InvariantCulture, $"{(i > 0 && trend.Values[i - 1] is not null ? 'L' : 'M')}{N(X(i, count))} {N(Y(value / top))}");
            svg.Append("\"/>");
        }
    }

    private void Text(double x, double y, string text, string colour, string anchor, int size, bool bold = false) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{N(x)}\" y=\"{N(y)}\" fill=\"{colour}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{(bold ? " font-weight=\"600\"" : "")}>{WebUtility.HtmlEncode(text)}</text>");

    private static string Tone(Trend trend) => Tones[(trend.Tone - 1) % Tones.Length];

    private static double X(int place, int count) => Left + (place + .5) * (Width - Left - Right) / Math.Max(1, count);

    private static double Y(double share) => Height - Bottom - share * (Height - Top - Bottom);

    private static string N(double number) => Math.Round(number, 2).ToString(CultureInfo.InvariantCulture);
}
