using System.Text.Json;
using Beseda.Domain.Conversations;
using Beseda.Server.Storage;

namespace Beseda.Server.Tests.Storage;

/// <summary>Rows as they lie on customers' disks: what became of messages. Entries may only be added.</summary>
public sealed class Row_sample_tests
{
    [Theory]
    [InlineData("""{"message":121,"conversation":120,"visitor":4031,"fromVisitor":true,"externals":["614"],"parts":[],"edits":[130,131],"deleted":true,"delivery":"none","files":{"0f3a":{"id":"0f3a","stage":"ready","contentType":"image/jpeg","size":12345,"width":640,"height":480}}}""")]
    [InlineData("""{"message":125,"conversation":120,"visitor":4031,"fromVisitor":false,"externals":["616","617"],"parts":[0,1],"edits":[],"deleted":false,"delivery":"sent","files":{}}""")]
    [InlineData("""{"message":125,"conversation":120,"visitor":4031,"fromVisitor":false,"externals":["616"],"parts":[0],"edits":[],"deleted":false,"delivery":"delivered","files":{}}""")]
    [InlineData("""{"message":125,"conversation":120,"visitor":4031,"fromVisitor":false,"externals":[],"parts":[],"edits":[],"deleted":false,"delivery":"failed","failure":"tooLate","files":{}}""")]
    [InlineData("""{"message":126,"conversation":120,"visitor":4031,"fromVisitor":true,"externals":[],"parts":[],"edits":[],"arrivals":[127,128],"deleted":false,"delivery":"none","files":{}}""")]
    public void What_became_of_a_message_is_read_as_it_was_written(string row)
    {
        var state = JsonSerializer.Deserialize(row, StoredJson.Instance.MessageState);

        Assert.Equal(row, JsonSerializer.Serialize(state, StoredJson.Instance.MessageState));
    }

    [Fact]
    public void A_state_that_was_written_is_the_same_when_it_is_read()
    {
        var state = new MessageState(125, new(120), new(4031)) { FromVisitor = true, Externals = ["616"], Parts = [0], Edits = [130] };

        Assert.Equal(state, JsonSerializer.Deserialize(JsonSerializer.Serialize(state, StoredJson.Instance.MessageState), StoredJson.Instance.MessageState));
        Assert.NotEqual(state, state with { Parts = [1] });
        Assert.NotEqual(state, state with { FromVisitor = false });
    }
}
