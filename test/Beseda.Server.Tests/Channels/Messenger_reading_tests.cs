using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beseda.Domain.Channels;
using Beseda.Server.Channels;
using Beseda.Server.Channels.Messenger;

namespace Beseda.Server.Tests.Channels;

/// <summary>What Messenger's words mean, and how ours are put.</summary>
public sealed class Messenger_reading_tests
{
    [Theory]
    [InlineData(400, """{"code":190}""", nameof(PlatformFault.Account), "190")]
    [InlineData(400, """{"code":10}""", nameof(PlatformFault.Account), "10")]
    [InlineData(403, """{"code":230}""", nameof(PlatformFault.Account), "230")]
    [InlineData(400, """{"code":100,"message":"Invalid appsecret_proof provided in the API argument"}""", nameof(PlatformFault.Account), "100")]
    [InlineData(400, """{"code":10,"error_subcode":2018278}""", nameof(PlatformFault.TooLate), "10/2018278")]
    [InlineData(400, """{"code":551,"error_subcode":1545041}""", nameof(PlatformFault.Blocked), "551/1545041")]
    [InlineData(400, """{"code":100,"error_subcode":2018001}""", nameof(PlatformFault.Blocked), "100/2018001")]
    [InlineData(400, """{"code":100,"message":"what people wrote"}""", nameof(PlatformFault.Refused), "100")]
    [InlineData(400, """{"code":368}""", nameof(PlatformFault.Refused), "368")]
    [InlineData(400, """{"code":1}""", nameof(PlatformFault.Later), "1")]
    [InlineData(503, """{"code":2}""", nameof(PlatformFault.Later), "2")]
    [InlineData(400, """{"code":4}""", nameof(PlatformFault.Later), "4")]
    [InlineData(400, """{"code":613}""", nameof(PlatformFault.Later), "613")]
    [InlineData(400, """{"code":1200}""", nameof(PlatformFault.Later), "1200")]
    [InlineData(400, """{"code":80006}""", nameof(PlatformFault.Later), "80006")]
    [InlineData(500, """{}""", nameof(PlatformFault.Later), "0")]
    public void An_error_says_what_to_do_about_it(int status, string error, string fault, string code)
    {
        var told = MessengerFaults.Of(status, JsonDocument.Parse(error).RootElement);

        Assert.Equal((fault, code), ($"{told.Fault}", told.Code));
    }

    [Fact]
    public void What_no_customer_here_can_send_is_understood_too()
    {
        Assert.Contains("mlat=55.7&mlon=37.6", Assert.IsType<Update.Wrote>(Read(
            """{"message":{"mid":"m","attachments":[{"type":"location","payload":{"coordinates":{"lat":55.7,"long":37.6}}}]}}""")).Text, StringComparison.Ordinal);
        Assert.Equal("Новости\nhttps://example.com/", Assert.IsType<Update.Wrote>(Read(
            """{"message":{"mid":"m","attachments":[{"type":"fallback","title":"Новости","url":"https://example.com/","payload":null}]}}""")).Text);
        Assert.Equal("[template]", Assert.IsType<Update.Wrote>(Read("""{"message":{"mid":"m","attachments":[{"type":"template","payload":{}}]}}""")).Text);
        Assert.NotEmpty(Assert.IsType<Update.Wrote>(Read("""{"message":{"mid":"m","is_unsupported":true}}""")).Text);
        var old = Assert.IsType<Update.Wrote>(Read("""{"message":{"mid":"m","attachments":[{"type":"image","payload":{"url":"https://example.com/a","sticker_id":369239263222822}}]}}"""));
        Assert.Equal(("sticker.png", ""), (Assert.Single(old.Files).Name, old.Text));
        Assert.Equal(new Update.Pressed("7", "m", "BUY", "Купить"), Read("""{"postback":{"mid":"m","title":"Купить","payload":"BUY"}}"""));
        Assert.Equal(new Update.Started("7", "5") { Referral = "promo7" }, Read("""{"timestamp":5,"postback":{"title":"Get started","payload":"GET_STARTED","referral":{"ref":"promo7"}}}"""));
        var other = Assert.IsType<Update.Wrote>(Read("""{"message":{"mid":"m","text":"Да","quick_reply":{"payload":"YES"}}}"""));
        Assert.Equal(("m", "Да"), (other.Id, other.Text));
    }

    [Fact]
    public void Receipts_name_messages_or_a_time()
    {
        var named = Assert.IsType<Update.Confirmed>(Read("""{"delivery":{"mids":["a","b"],"watermark":1700000000000}}"""));
        Assert.Equal((2, false), (named.Ids.Count, named.Seen));
        Assert.Equal(new Update.ConfirmedUntil("7", DateTimeOffset.FromUnixTimeMilliseconds(1700000000000), false), Read("""{"delivery":{"watermark":1700000000000}}"""));
        Assert.True(Assert.IsType<Update.ConfirmedUntil>(Read("""{"read":{"watermark":1700000000000}}""")).Seen);
        Assert.IsType<Update.ConfirmedUntil>(Read("""{"read":{"watermark":9223372036854775807}}"""));
    }

    [Fact]
    public void What_is_of_no_use_is_passed_over_and_what_is_new_is_kept()
    {
        Assert.IsType<Update.Nothing>(Read("""{"reaction":{"mid":"m","action":"react"}}"""));
        Assert.Equal(new Update.Opened("7") { Referral = "promo7" }, Read("""{"referral":{"ref":"promo7"}}"""));
        Assert.IsType<Update.Nothing>(Read("""{"referral":{}}"""));
        Assert.Equal(new Update.Unknown("hologram"), Read("""{"timestamp":1,"hologram":{}}"""));
        foreach (var odd in (string[])["[]", "1", "{\"message\":5}", "{\"message\":{\"mid\":7}}", "{\"sender\":5}", "не JSON"])
            Assert.IsType<Update.Unknown>(MessengerUpdates.Of(Encoding.UTF8.GetBytes(odd)));
        Assert.Empty(MessengerUpdates.Split("[]"u8.ToArray(), ""));
        Assert.Empty(MessengerUpdates.Split("{\"entry\":[5,{\"messaging\":5}]}"u8.ToArray(), ""));
    }

    [Fact]
    public void Links_stand_in_a_template_as_long_as_it_holds_them()
    {
        var part = new Part("7", "Выберите", 1) { Mark = "", Buttons = [new Button("Сайт", Url: "https://example.com/"), new Button("Нет", "no")] };
        var template = MessengerButtons.Of(part)["attachment"]!["payload"]!;
        Assert.Equal(["web_url", "postback"], template["buttons"]!.AsArray().Select(button => button!["type"]!.ToString()));

        var many = part with { Buttons = [.. part.Buttons, new Button("Ещё одна с длинным названием", "more"), new Button("Закрыть", "close")], Standing = [new Button("Закрыть", "close")] };
        var message = MessengerButtons.Of(many);
        Assert.Equal("Выберите\nСайт: https://example.com/", message["text"]!.ToString());
        Assert.Equal(["Нет", "Ещё одна с длинным …", "Закрыть"], message["quick_replies"]!.AsArray().Select(reply => reply!["title"]!.ToString()));
        Assert.Throws<PlatformException>(() => MessengerButtons.Of(many with { Text = new string('я', 1_990) }));
    }

    private static Update Read(string told)
    {
        var whole = JsonNode.Parse(told)!.AsObject();
        whole["sender"] = new JsonObject { ["id"] = "7" };
        return MessengerUpdates.Of(Encoding.UTF8.GetBytes(whole.ToJsonString()));
    }
}
