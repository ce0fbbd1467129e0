using System.Security.Cryptography;
using System.Text;
using Beseda.Chaos.Webhooks;

namespace Beseda.Chaos.Tests.Webhooks;

public sealed class Receiver_tests
{
    private const string Body = """{"journal":"j","seq":7,"at":"2030-01-01T00:00:00Z","kind":"message.posted","conversation":5}""";

    [Theory]
    [InlineData("secret", true)]
    [InlineData("another", false)]
    public async Task A_delivery_is_written_down_with_whether_its_signature_is_right(string signedWith, bool genuine)
    {
        using var receiver = Receiver.Start(new Random(1));
        receiver.Open("secret");
        receiver.Behave();
        using var http = new HttpClient();
        using var content = new StringContent(Body);
        content.Headers.Add("X-Beseda-Signature", $"t=12,v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signedWith), Encoding.UTF8.GetBytes($"12.{Body}")))}");
        (await http.PostAsync(receiver.Address, content, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        Assert.Equal(new Histories.Delivery(7, "message.posted", 5, Accepted: true, genuine), Assert.Single(receiver.Deliveries));
        Assert.True(receiver.Has(6, 7));
        Assert.False(receiver.Has(6, 8));
        Assert.True(Chaos.Stages.Sockets.Has(Environment.ProcessId, receiver.Caller));
        Assert.False(Chaos.Stages.Sockets.Has(1, receiver.Caller));
    }
}
