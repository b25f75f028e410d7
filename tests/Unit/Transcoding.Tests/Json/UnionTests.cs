using Atropos.Transcoding.Tests.Support;
using Atropos.Transcoding.Tests.V1;

namespace Atropos.Transcoding.Tests.Json;

public sealed class UnionTests
{
    [Theory]
    [InlineData("\"hi\"", Prompt.KindOneofCase.Text)]
    [InlineData("\"\"", Prompt.KindOneofCase.Text)]
    [InlineData("[\"a\",\"b\"]", Prompt.KindOneofCase.Texts)]
    [InlineData("[1,2,3]", Prompt.KindOneofCase.Ids)]
    [InlineData("[[1],[],[2,3]]", Prompt.KindOneofCase.Batches)]
    [InlineData("[]", Prompt.KindOneofCase.Texts)]
    [InlineData("true", Prompt.KindOneofCase.Flag)]
    [InlineData("2.5", Prompt.KindOneofCase.Number)]
    [InlineData("{\"type\":\"t\",\"text\":\"x\"}", Prompt.KindOneofCase.Part)]
    public void The_kind_of_the_value_picks_the_member(string value, Prompt.KindOneofCase member)
    {
        var json = $$"""{"model":"","messages":[],"prompt":{{value}}}""";

        var message = JsonSide.Read<Chat>(json);

        Assert.Equal(member, message.Prompt.KindCase);
        Assert.Equal(json, JsonSide.Write(message));
        Assert.Equal(message, JsonSide.ReadPieces<Chat>(json, 2));
    }

    [Fact]
    public void Null_in_a_list_is_the_member_that_stands_for_it()
    {
        const string Json = """{"model":"","messages":[],"prompts":["a",null,[1]]}""";

        var message = JsonSide.Read<Chat>(Json);

        Assert.Equal(Prompt.KindOneofCase.None_, message.Prompts[1].KindCase);
        Assert.Equal(Json, JsonSide.Write(message));
    }

    [Fact]
    public void Unions_in_lists_of_messages_take_text_and_parts()
    {
        var json =
            """
            {"model":"m","messages":[{"role":"user","content":"hi"},{"role":"user","content":[{"type":"text","text":"a"}]},
            {"role":"assistant","content":null}],"stream":false}
            """.Replace("\n", "", StringComparison.Ordinal);

        var message = JsonSide.Read<Chat>(json);

        Assert.Equal("hi", message.Messages[0].Content.Text);
        Assert.Equal("a", message.Messages[1].Content.Parts.Items[0].Text);
        Assert.Null(message.Messages[2].Content);
        Assert.Equal(json, JsonSide.Write(message));
    }

    [Theory]
    [InlineData(
        """{"messages":[{},{},{"content":7}]}""", "messages[2].content: expected a string or an array, found a number.", "messages[2].content")]
    [InlineData(
        """{"messages":[{"content":[{"type":"text"},{"type":3}]}]}""",
        "messages[0].content[1].type: expected a string, found a number.",
        "messages[0].content[1].type")]
    [InlineData("""{"messages":[{"role":1}]}""", "messages[0].role: expected a string, found a number.", "messages[0].role")]
    [InlineData("""{"prompt":[1,"a"]}""", "prompt[1]: expected an integer, found a string.", "prompt[1]")]
    [InlineData("""{"prompt":[null]}""", "prompt[0]: expected a string, found null.", "prompt[0]")]
    public void Values_that_fit_no_member_are_explained(string json, string message, string path)
    {
        var error = JsonSide.Fail<Chat>(json);

        Assert.Equal(message, error.Message);
        Assert.Equal(path, error.Parameter);
    }
}
