using System.Collections.Immutable;
using System.Globalization;
using Beseda.Domain.Channels;
using Beseda.Server.Channels;

namespace Beseda.Server.Tests.Channels;

/// <summary>Buttons where there are none.</summary>
public sealed class Numbering_tests
{
    private static readonly ImmutableArray<Button> Named = [new("Завершить чат", "close"), new("Тарифы", "tariffs"), new("Сайт", Url: "https://example.com/")];
    private static readonly ImmutableArray<Button> Stars = [.. Enumerable.Range(1, 5).Select(i => new Button($"{i} ★", $"rate:{i}"))];
    private static readonly ImmutableArray<Button> FromZero = [.. Enumerable.Range(0, 11).Select(i => new Button(i.ToString(CultureInfo.InvariantCulture), $"rate:{i}"))];

    [Fact]
    public void Labels_get_numbers_unless_they_are_numbers()
    {
        Assert.Equal(["1. Завершить чат", "2. Тарифы", "3. Сайт https://example.com/"], Numbering.Lines(Named));
        Assert.Equal(["1 ★", "2 ★", "3 ★", "4 ★", "5 ★"], Numbering.Lines(Stars));
        Assert.Equal("0", Numbering.Lines(FromZero).First());
    }

    [Theory]
    [InlineData("1", "close")]
    [InlineData(" 2. ", "tariffs")]
    [InlineData("тарифы", "tariffs")]
    [InlineData("0", null)]
    [InlineData("4", null)]
    [InlineData("1 раз", null)]
    [InlineData("один", null)]
    [InlineData("", null)]
    public void A_number_presses(string answer, string? payload) => Assert.Equal(payload, Numbering.Pressed(Named, answer)?.Payload);

    [Theory]
    [InlineData("5", "rate:5")]
    [InlineData("4 ★", "rate:4")]
    [InlineData("5!", "rate:5")]
    [InlineData("0", null)]
    [InlineData("6", null)]
    public void A_star_is_meant_by_its_own_number(string answer, string? payload) => Assert.Equal(payload, Numbering.Pressed(Stars, answer)?.Payload);

    [Theory]
    [InlineData("0", "rate:0")]
    [InlineData("1", "rate:1")]
    [InlineData("10", "rate:10")]
    [InlineData("11", null)]
    public void A_scale_that_begins_with_zero_does_too(string answer, string? payload) => Assert.Equal(payload, Numbering.Pressed(FromZero, answer)?.Payload);

    [Fact]
    public void Labels_that_begin_with_the_same_number_are_numbered() =>
        Assert.Equal(["1. 5 ★", "2. 5 !"], Numbering.Lines([new Button("5 ★"), new Button("5 !")]));
}
