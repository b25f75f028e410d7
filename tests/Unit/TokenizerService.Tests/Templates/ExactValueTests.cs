using Atropos.Hosting.Errors;
using Atropos.Tokenizer.V1;
using Grpc.Core;
using static Atropos.TokenizerService.Tests.TokenizerFixture;

namespace Atropos.TokenizerService.Tests.Templates;

/// <summary>What travels as JSON text reaches the template as it is written.</summary>
public sealed class ExactValueTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1.0")]
    [InlineData("1e2", "100.0")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("""{"z": 1.0, "a": [1, 2.50]}""", "{'z': 1.0, 'a': [1, 2.5]}")]
    public void Numbers_and_order_of_values_and_documents(string json, string text)
    {
        var request = Render(Message("user", "Hi"));
        request.ChatTemplate = "{{ value }}|{{ documents[0].value }}";
        request.ChatTemplateKwargs = $$"""{"value": {{json}}}""";
        request.Documents = $$"""[{"value": {{json}}}]""";

        Assert.Equal($"{text}|{text}", Calls.RenderChat(request).Text);
    }

    [Fact]
    public void Messages_and_tools_as_json_are_what_they_are_as_fields()
    {
        var fields = Render(Message("system", "Be brief."), Message("user", "Hi"));
        var json = new RenderChatRequest { MessagesJson = """[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]""" };

        Assert.Equal(Calls.RenderChat(fields), Calls.RenderChat(json));
    }

    [Fact]
    public void Parts_of_text_as_json_are_text_where_the_template_takes_text()
    {
        var json = new RenderChatRequest { MessagesJson = """[{"role": "user", "content": [{"type": "text", "text": "Hi"}]}]""" };

        Assert.Equal(Calls.RenderChat(Render(Message("user", "Hi"))), Calls.RenderChat(json));
    }

    [Fact]
    public void A_number_of_countless_digits_is_refused_and_a_text_of_them_is_not()
    {
        var digits = new string('7', 1_000_000);
        var request = Render(Message("user", "Hi"));
        request.ChatTemplate = "{{ n | length }}";
        request.ChatTemplateKwargs = $$"""{"n": "{{digits}}"}""";
        Assert.Equal("1000000", Calls.RenderChat(request).Text);

        request.ChatTemplateKwargs = $$"""{"n": [{"m": {{digits}}}]}""";

        Assert.Equal("chat_template_kwargs", Assert.Throws<AtroposException>(() => Calls.RenderChat(request)).Field);
    }

    [Theory]
    [InlineData("""{"a": """, "is not JSON")]
    [InlineData("5", "is not an object")]
    [InlineData("""{"a": "\udc00"}""", "not Unicode")]
    public void Values_that_are_no_object_are_refused(string values, string problem)
    {
        var request = Render(Message("user", "Hi"));
        request.ChatTemplateKwargs = values;

        var error = Assert.Throws<AtroposException>(() => Calls.RenderChat(request));

        Assert.Equal((StatusCode.InvalidArgument, "chat_template_kwargs"), (error.StatusCode, error.Field));
        Assert.Contains(problem, error.Message);
    }
}
