using Beseda.Protocol;
using Beseda.Server.Tests.Files;

namespace Beseda.Server.Tests.Conversations;

/// <summary>What an operator's list tells of a conversation's last message.</summary>
public sealed class Last_message_tests(Server server)
{
    [Fact]
    public async Task It_tells_what_hangs_on_it_and_what_became_of_it()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        await anna.BeAsync(OperatorStatus.Online);
        var guest = await company.ReceiveAsync();
        var conversation = (await guest.WriteAsync("Здравствуйте")).Conversation;
        (await anna.DoAsync(conversation, "take")).Must(204);
        Assert.Null((await LastAsync()).Files);

        var file = await guest.SentAsync(Parcel.Text);
        (await guest.PostAsync("messages", new VisitorMessage(Names.New("v"), "", Files: [file.Id]))).Must(200);
        Assert.Equal(("", file), ((await LastAsync()).Text, Assert.Single((await LastAsync()).Files!)));

        var said = await anna.WriteAsync(conversation, "Счёт получили");
        (await anna.PutAsync($"/api/operator/conversations/{conversation}/messages/{said.Seq}", new EditedMessage("Счёт приняли"))).Must(204);
        Assert.Equal("Счёт приняли", (await LastAsync()).Text);
        (await anna.Caller.SendAsync(HttpMethod.Delete, $"/api/operator/conversations/{conversation}/messages/{said.Seq}", null)).Must(204);
        Assert.Equal((said.Seq, null, null), ((await LastAsync()).Seq, (await LastAsync()).Text, (await LastAsync()).Files));

        async Task<LastMessage> LastAsync() => (await anna.DeskAsync()).Conversations.Single(one => one.Id == conversation).Last!;
    }
}
