using System.Collections.Immutable;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Tests.Visitors;

public sealed class Contact_tests
{
    [Theory]
    [InlineData("+7 (916) 123-45-67", "79161234567")]
    [InlineData("8 916 123 45 67", "79161234567")]
    [InlineData("79161234567", "79161234567")]
    [InlineData("+49 30 1234 56789", "4930123456789")]
    [InlineData("+81 90 1234 5678", "819012345678")]
    public void A_telephone_number_is_the_same_however_it_is_written(string written, string number) => Assert.Equal(number, Contact.Phone(written));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("112")]
    [InlineData("916 123 45 67")]
    [InlineData("1234567890123456")]
    public void What_lacks_the_country_or_is_too_long_is_no_number(string? written) => Assert.Null(Contact.Phone(written));

    [Theory]
    [InlineData(" Ivan@Example.RU ", "ivan@example.ru")]
    [InlineData("@example.ru", null)]
    [InlineData("ivan@", null)]
    [InlineData("ivan", null)]
    [InlineData(null, null)]
    public void An_address_is_the_same_in_capitals(string? written, string? address) => Assert.Equal(address, Contact.Email(written));

    [Fact]
    public void A_profile_is_recognised_by_number_and_address_alone() => Assert.Equal(
        ["phone:79161234567", "email:a@b.ru"],
        Contact.Of(new VisitorProfile("1", ImmutableSortedDictionary<string, string>.Empty.Add("name", "Иван").Add("phone", "+79161234567").Add("email", "a@b.ru"))));

    [Fact]
    public void Of_nobody_nothing_is_known() => Assert.Empty(Contact.Of(null));
}
